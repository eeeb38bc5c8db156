#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace commonweal {

/// A finite abelian group Z_{n_0} x Z_{n_1} x ...; the element (e_0, e_1, ...) is the number e_0 + n_0 (e_1 + n_1
/// (...)).
class AbelianGroup {
public:
    explicit AbelianGroup(std::vector<std::uint32_t> moduli);

    std::uint32_t order() const noexcept { return order_; }  ///< n_0 n_1 ... [-]
    std::uint32_t sum(std::uint32_t a, std::uint32_t b) const noexcept;
    std::uint32_t difference(std::uint32_t a, std::uint32_t b) const noexcept;
    const std::vector<std::uint32_t>& moduli() const noexcept { return moduli_; }
    std::string name() const;  ///< "Z_2 x Z_6"

private:
    std::vector<std::uint32_t> moduli_;
    std::uint32_t order_ = 1;
};

/// Elements d[row][column] of a group of order q such that for any two rows i, j the differences d[i][t] - d[j][t] are
/// distinct over the columns t. With q columns it is a (q, s; 1)-difference matrix (Bose and Bush 1952; Jungnickel
/// 1979).
struct DifferenceArray {
    AbelianGroup group;
    std::vector<std::vector<std::uint32_t>> entries;  ///< [row, column]
};

/// The most columns that difference_array can give for a group of this order [columns]; at least 1.
/// All q of them if q is a product of prime powers and tabulated orders, each with enough rows.
std::uint32_t difference_columns(std::uint32_t order, std::uint32_t rows);

/// The first `columns` columns of that array; needs 1 <= columns <= difference_columns(order, rows), order >= 2, rows
/// >= 2. For a prime order q >= rows, d[i][t] = i t mod q; for a prime power the product is that of the field GF(q);
/// orders 12, 15, 20, 21 and 24 come from a table; a product of orders takes the direct product (MacNeish 1922);
/// otherwise d[i][t] = i t mod q for the (q - 1) / (rows - 1) + 1 first t, where (i - j) t stays below q.
DifferenceArray difference_array(std::uint32_t order, std::uint32_t rows, std::uint32_t columns);

/// A tabulated difference matrix, found by computer: all `order` columns of up to `rows` rows.
struct TabulatedMatrix {
    std::uint32_t order;
    std::vector<std::uint32_t> moduli;
    std::vector<std::vector<std::uint32_t>> entries;  ///< [row, column]
};
std::span<const TabulatedMatrix> tabulated_matrices();

}  // namespace commonweal
