#include "sim/matching/perfect_strangers_arrays.hpp"

#include <algorithm>
#include <cassert>
#include <map>

namespace commonweal {
namespace {

using Element = std::uint32_t;
using Polynomial = std::vector<std::uint32_t>;  // coefficients, lowest first

struct PrimePower {
    std::uint32_t prime = 0;
    std::uint32_t exponent = 0;  // 0: not a prime power
};

PrimePower prime_power(std::uint32_t q) {
    std::uint32_t prime = 2;
    while (prime <= q / prime && q % prime != 0) ++prime;
    if (q % prime != 0) return {q, q < 2 ? 0U : 1U};
    PrimePower power{prime, 0};
    for (; q % prime == 0; q /= prime) ++power.exponent;
    return q == 1 ? power : PrimePower{};
}

Polynomial digits(std::uint32_t value, PrimePower q) {
    Polynomial polynomial(q.exponent);
    for (auto& coefficient : polynomial) {
        coefficient = value % q.prime;
        value /= q.prime;
    }
    return polynomial;
}

/// The remainder of `a` on division by the monic `modulus`, in place; a keeps deg(modulus) coefficients.
void reduce(Polynomial& a, const Polynomial& modulus, std::uint64_t prime) {
    const std::size_t degree = modulus.size() - 1;
    while (a.size() > degree) {
        const std::uint64_t lead = a.back();
        const std::size_t shift = a.size() - 1 - degree;
        for (std::size_t k = 0; k < degree; ++k)
            a[shift + k] = static_cast<Element>((a[shift + k] + lead * (prime - modulus[k])) % prime);
        a.pop_back();
    }
}

bool divides(const Polynomial& divisor, Polynomial dividend, std::uint32_t prime) {
    reduce(dividend, divisor, prime);
    return std::ranges::all_of(dividend, [](std::uint32_t coefficient) { return coefficient == 0; });
}

Polynomial monic(std::uint32_t lower, PrimePower q) {
    Polynomial polynomial = digits(lower, q);
    polynomial.push_back(1);
    return polynomial;
}

bool is_irreducible(const Polynomial& polynomial, PrimePower q) {
    std::uint32_t count = 1;
    for (std::uint32_t degree = 1; 2 * degree <= q.exponent; ++degree) {
        count *= q.prime;
        for (std::uint32_t lower = 0; lower < count; ++lower)
            if (divides(monic(lower, {q.prime, degree}), polynomial, q.prime)) return false;
    }
    return true;
}

/// GF(p^k): residues modulo the first irreducible polynomial of degree k; element = its coefficients as digits to the
/// base p.
class Field {
public:
    explicit Field(PrimePower q) : q_(q), modulus_(monic(0, q)) {
        for (std::uint32_t lower = 1; q.exponent > 1 && !is_irreducible(modulus_, q); ++lower)
            modulus_ = monic(lower, q);
    }

    Element product(Element a, Element b) const {
        const Polynomial left = digits(a, q_);
        const Polynomial right = digits(b, q_);
        Polynomial result(2 * q_.exponent - 1, 0);
        for (std::size_t i = 0; i < left.size(); ++i)
            for (std::size_t j = 0; j < right.size(); ++j)
                result[i + j] = static_cast<Element>((result[i + j] + std::uint64_t{left[i]} * right[j]) % q_.prime);
        if (q_.exponent > 1) reduce(result, modulus_, q_.prime);
        Element value = 0;
        for (std::size_t i = result.size(); i-- > 0;) value = value * q_.prime + result[i];
        return value;
    }

private:
    PrimePower q_;
    Polynomial modulus_;
};

std::vector<std::vector<Element>> empty_array(std::uint32_t rows, std::uint32_t columns) {
    return std::vector<std::vector<Element>>(rows, std::vector<Element>(columns));
}

DifferenceArray field_array(PrimePower q, std::uint32_t rows, std::uint32_t columns) {
    const Field field(q);
    DifferenceArray array{AbelianGroup(std::vector<std::uint32_t>(q.exponent, q.prime)), empty_array(rows, columns)};
    for (std::uint32_t i = 0; i < rows; ++i)
        for (std::uint32_t t = 0; t < columns; ++t) array.entries[i][t] = field.product(i, t);
    return array;
}

DifferenceArray multiples_array(std::uint32_t order, std::uint32_t rows, std::uint32_t columns) {
    DifferenceArray array{AbelianGroup({order}), empty_array(rows, columns)};
    for (std::uint32_t i = 0; i < rows; ++i)
        for (std::uint32_t t = 0; t < columns; ++t)
            array.entries[i][t] = static_cast<Element>(std::uint64_t{i} * t % order);
    return array;
}

const TabulatedMatrix* tabulated(std::uint32_t order, std::uint32_t rows) {
    for (const auto& matrix : tabulated_matrices())
        if (matrix.order == order && matrix.entries.size() >= rows) return &matrix;
    return nullptr;
}

DifferenceArray tabulated_array(const TabulatedMatrix& matrix, std::uint32_t rows, std::uint32_t columns) {
    DifferenceArray array{AbelianGroup(matrix.moduli), empty_array(rows, columns)};
    for (std::uint32_t i = 0; i < rows; ++i) std::copy_n(matrix.entries[i].begin(), columns, array.entries[i].begin());
    return array;
}

/// Chooses, for one number of rows, how the array of an order is made: directly or as a product of two.
class ArrayPlanner {
public:
    explicit ArrayPlanner(std::uint32_t rows) : rows_(rows) {}

    struct Choice {
        std::uint32_t columns = 1;
        std::uint32_t left = 0;  // order of the left factor of a product; 0: made directly
    };

    Choice choose(std::uint32_t order) {
        if (const auto known = known_.find(order); known != known_.end()) return known->second;
        Choice best{direct_columns(order), 0};
        for (std::uint32_t left = 2; left <= order / left && best.columns < order; ++left) {
            if (order % left != 0) continue;
            const std::uint32_t columns = choose(left).columns * choose(order / left).columns;
            if (columns > best.columns) best = {columns, left};
        }
        known_.emplace(order, best);
        return best;
    }

    DifferenceArray build(std::uint32_t order, std::uint32_t columns) {
        const Choice choice = choose(order);
        assert(columns >= 1 && columns <= choice.columns);
        if (choice.left != 0) return build_product(choice.left, order / choice.left, columns);
        if (const PrimePower q = prime_power(order); q.exponent > 0 && order >= rows_)
            return field_array(q, rows_, columns);
        if (const auto* matrix = tabulated(order, rows_)) return tabulated_array(*matrix, rows_, columns);
        return multiples_array(order, rows_, columns);
    }

private:
    std::uint32_t direct_columns(std::uint32_t order) const {
        const bool full = (order >= rows_ && prime_power(order).exponent > 0) || tabulated(order, rows_) != nullptr;
        return full ? order : (order - 1) / (rows_ - 1) + 1;
    }

    DifferenceArray build_product(std::uint32_t left, std::uint32_t right, std::uint32_t columns) {
        const std::uint32_t width = std::min(choose(left).columns, columns);
        const DifferenceArray a = build(left, width);
        const DifferenceArray b = build(right, (columns + width - 1) / width);
        auto moduli = a.group.moduli();
        moduli.insert(moduli.end(), b.group.moduli().begin(), b.group.moduli().end());
        DifferenceArray array{AbelianGroup(std::move(moduli)), empty_array(rows_, columns)};
        for (std::uint32_t i = 0; i < rows_; ++i)
            for (std::uint32_t t = 0; t < columns; ++t)
                array.entries[i][t] = a.entries[i][t % width] + left * b.entries[i][t / width];
        return array;
    }

    std::uint32_t rows_;
    std::map<std::uint32_t, Choice> known_;
};

}  // namespace

AbelianGroup::AbelianGroup(std::vector<std::uint32_t> moduli) : moduli_(std::move(moduli)) {
    for (const auto modulus : moduli_) order_ *= modulus;
}

std::uint32_t AbelianGroup::sum(std::uint32_t a, std::uint32_t b) const noexcept {
    std::uint32_t result = 0;
    std::uint32_t scale = 1;
    for (const auto n : moduli_) {
        result += scale * ((a % n + b % n) % n);
        a /= n;
        b /= n;
        scale *= n;
    }
    return result;
}

std::uint32_t AbelianGroup::difference(std::uint32_t a, std::uint32_t b) const noexcept {
    std::uint32_t result = 0;
    std::uint32_t scale = 1;
    for (const auto n : moduli_) {
        result += scale * ((a % n + n - b % n) % n);
        a /= n;
        b /= n;
        scale *= n;
    }
    return result;
}

std::string AbelianGroup::name() const {
    std::string text;
    for (const auto n : moduli_) text += (text.empty() ? "Z_" : " x Z_") + std::to_string(n);
    return text;
}

std::uint32_t difference_columns(std::uint32_t order, std::uint32_t rows) {
    return ArrayPlanner(rows).choose(order).columns;
}

DifferenceArray difference_array(std::uint32_t order, std::uint32_t rows, std::uint32_t columns) {
    return ArrayPlanner(rows).build(order, columns);
}

}  // namespace commonweal
