#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// Elementary functions with bits of our own: the last digit of std::exp or std::log depends on the C library and the
/// processor. All are branch-free, so that a loop over lanes vectorizes; sqrt is exact by IEEE 754 and taken as it is.
namespace commonweal {

/// Greatest integer not above x, for |x| < 2^31.
inline float floor_of(float x) noexcept {
    const float cut = static_cast<float>(static_cast<std::int32_t>(x));
    return cut > x ? cut - 1.0f : cut;
}

/// x rounded to the nearest integer, halves up, for |x| < 2^31. Values within 1e-4 below a half count as a half: sums
/// of coefficients with three decimals, such as .415 * 11 + .569 * 7, hit exact halves that binary numbers miss.
inline float round_half_up(float x) noexcept { return floor_of(x + 0.5001f); }

/// e^x with a relative error below 2e-7 (3e-7 where the result is subnormal); 0 below -104, infinity above 88.73.
inline float exp_of(float x) noexcept {
    const float inside = x < -104.0f ? -104.0f : (x > 89.0f ? 89.0f : x);
    const float k = floor_of(inside * 1.44269504f + 0.5f);
    const float r = (inside - k * 0.693359375f) - k * -2.12194440e-4f;  // ln 2 in two parts (Cody & Waite 1980)
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    // 2^k as a product of two powers, so that subnormal results and the top binade come out right.
    const auto whole = static_cast<std::int32_t>(k);
    const std::int32_t half = whole / 2;
    const auto power = [](std::int32_t n) { return std::bit_cast<float>((n + 127) << 23); };
    return x < -104.0f ? 0.0f : p * power(half) * power(whole - half);
}

/// e^x in double precision with a relative error below 4e-16 for normal results; 0 below -745.2, infinity above 709.8.
inline double exp_of(double x) noexcept {
    const double inside = x < -746.0 ? -746.0 : (x > 710.0 ? 710.0 : x);
    const double scaled = inside * 1.4426950408889634;
    auto whole = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    const double k = static_cast<double>(whole);
    const double r = (inside - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    double p = 1.0 / 6227020800.0;  // Taylor series to r^13; |r| <= ln 2 / 2 leaves 4e-18
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    const std::int32_t half = whole / 2;
    const auto power = [](std::int32_t n) { return std::bit_cast<double>(static_cast<std::int64_t>(n + 1023) << 52); };
    return p * power(half) * power(whole - half);
}

/// Natural logarithm of a positive normal number, absolute error below 2e-7 relative to max(1, |ln x|).
inline float log_of(float x) noexcept {
    // x = m 2^k with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh((m - 1) / (m + 1)) as an odd series.
    const auto bits = std::bit_cast<std::int32_t>(x);
    const std::int32_t k = (bits - 0x3f3504f3) >> 23;
    const float m = std::bit_cast<float>(bits - (k << 23));
    const float s = (m - 1.0f) / (m + 1.0f);
    const float z = s * s;
    float p = 2.0f / 11.0f;
    p = p * z + 2.0f / 9.0f;
    p = p * z + 2.0f / 7.0f;
    p = p * z + 2.0f / 5.0f;
    p = p * z + 2.0f / 3.0f;
    const float tail = p * z * s;
    const float whole = static_cast<float>(k);
    return whole * 0.693359375f + (whole * -2.12194440e-4f + (tail + 2.0f * s));
}

/// Natural logarithm in double precision of a positive normal number, error below 5e-16 relative to max(1, |ln x|).
inline double log_of(double x) noexcept {
    // As for float, with the odd series to s^21: |s| < 0.1716 leaves 2e-19.
    const auto bits = std::bit_cast<std::int64_t>(x);
    const std::int64_t k = (bits - 0x3fe6a09e667f3bcd) >> 52;
    const double m = std::bit_cast<double>(bits - (k << 52));
    const double s = (m - 1.0) / (m + 1.0);
    const double z = s * s;
    double p = 2.0 / 21.0;
    p = p * z + 2.0 / 19.0;
    p = p * z + 2.0 / 17.0;
    p = p * z + 2.0 / 15.0;
    p = p * z + 2.0 / 13.0;
    p = p * z + 2.0 / 11.0;
    p = p * z + 2.0 / 9.0;
    p = p * z + 2.0 / 7.0;
    p = p * z + 2.0 / 5.0;
    p = p * z + 2.0 / 3.0;
    const double whole = static_cast<double>(k);
    return whole * 6.93147180369123816490e-01 + (whole * 1.90821492927058770002e-10 + (p * z * s + 2.0 * s));
}

/// Standard normal quantile of a random word: Phi^-1(u) with u the midpoint of one of 2^24 equal cells of (0, 1).
/// Absolute error below 3e-6 (|z| <= 5.3). Inverse error function by the single-precision polynomials of
/// Giles (2011), "Approximating the erfinv function", GPU Computing Gems Jade Edition, ch. 10.
inline float normal_of(std::uint32_t word) noexcept {
    const auto cell = static_cast<std::int32_t>(word >> 8) - 0x800000;
    const float x = (static_cast<float>(cell) * 2.0f + 1.0f) * 0x1.0p-24f;  // 2u - 1, exact
    const float w = -log_of((1.0f - x) * (1.0f + x));
    const float a = w - 2.5f;
    float near = 2.81022636e-08f;
    near = 3.43273939e-07f + near * a;
    near = -3.5233877e-06f + near * a;
    near = -4.39150654e-06f + near * a;
    near = 0.00021858087f + near * a;
    near = -0.00125372503f + near * a;
    near = -0.00417768164f + near * a;
    near = 0.246640727f + near * a;
    near = 1.50140941f + near * a;
    const float b = std::sqrt(w > 0.0f ? w : 0.0f) - 3.0f;
    float far = -0.000200214257f;
    far = 0.000100950558f + far * b;
    far = 0.00134934322f + far * b;
    far = -0.00367342844f + far * b;
    far = 0.00573950773f + far * b;
    far = -0.0076224613f + far * b;
    far = 0.00943887047f + far * b;
    far = 1.00167406f + far * b;
    far = 2.83297682f + far * b;
    return 1.41421356f * (w < 5.0f ? near : far) * x;
}

/// Uniform in [0, 1) on the grid of multiples of 2^-24.
inline float uniform_of(std::uint32_t word) noexcept {
    return static_cast<float>(static_cast<std::int32_t>(word >> 8)) * 0x1.0p-24f;
}

/// Uniform integer in [0, n) by multiplication; for n > 0. The largest bias is n / 2^32.
inline std::uint32_t below_of(std::uint32_t word, std::uint32_t n) noexcept {
    return static_cast<std::uint32_t>((std::uint64_t{word} * n) >> 32);
}

}  // namespace commonweal
