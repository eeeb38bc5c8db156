#pragma once

#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/oracles/theory/graph.hpp"

/// Dense linear algebra in double precision, as much as the theory programs need.
namespace commonweal::oracle {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;  ///< [row][column]

inline Matrix zeros(int rows, int columns) { return Matrix(rows, Vector(columns, 0.0)); }

inline Matrix identity(int n) {
    Matrix one = zeros(n, n);
    for (int i = 0; i < n; ++i) one[i][i] = 1;
    return one;
}

inline double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

inline Vector times(const Matrix& a, const Vector& x) {
    Vector product;
    for (const Vector& row : a) product.push_back(dot(row, x));
    return product;
}

inline Matrix transposed(const Matrix& a) {
    Matrix turned(a.empty() ? 0 : a[0].size(), Vector(a.size()));
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].size(); ++j) turned[j][i] = a[i][j];
    return turned;
}

inline Matrix times(const Matrix& a, const Matrix& b) {
    const Matrix columns = transposed(b);
    Matrix product;
    for (const Vector& row : a) product.push_back(times(columns, row));
    return product;
}

/// a - factor * b.
inline Matrix minus(Matrix a, double factor, const Matrix& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].size(); ++j) a[i][j] -= factor * b[i][j];
    return a;
}

/// LU decomposition with partial pivoting: factor once, solve for many right-hand sides.
class Lu {
public:
    explicit Lu(Matrix a) : lu_(std::move(a)) {
        for (std::size_t column = 0; column < lu_.size(); ++column) {
            exchange(column);
            for (std::size_t row = column + 1; row < lu_.size(); ++row) eliminate(row, column);
        }
    }

    Vector solve(Vector b) const {
        const std::size_t n = lu_.size();
        for (std::size_t i = 0; i < n; ++i) {
            std::swap(b[i], b[pivots_[i]]);
            for (std::size_t row = i + 1; row < n; ++row) b[row] -= lu_[row][i] * b[i];
        }
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t j = i + 1; j < n; ++j) b[i] -= lu_[i][j] * b[j];
            b[i] /= lu_[i][i];
        }
        return b;
    }

private:
    void exchange(std::size_t column) {
        std::size_t best = column;
        for (std::size_t row = column + 1; row < lu_.size(); ++row)
            if (std::abs(lu_[row][column]) > std::abs(lu_[best][column])) best = row;
        if (!(std::abs(lu_[best][column]) > 0)) throw std::domain_error("singular matrix");
        for (std::size_t j = column; j < lu_.size(); ++j) std::swap(lu_[best][j], lu_[column][j]);
        pivots_.push_back(best);
    }

    void eliminate(std::size_t row, std::size_t column) {
        const double factor = lu_[row][column] /= lu_[column][column];
        if (factor == 0) return;
        for (std::size_t j = column + 1; j < lu_.size(); ++j) lu_[row][j] -= factor * lu_[column][j];
    }

    Matrix lu_;
    std::vector<std::size_t> pivots_;
};

inline Vector solve(Matrix a, Vector b) { return Lu(std::move(a)).solve(std::move(b)); }

/// The probability vector with pi W = pi for a row-stochastic W with one closed class.
inline Vector stationary_vector(const Matrix& w) {
    const int n = static_cast<int>(w.size());
    Matrix system = minus(transposed(w), 1, identity(n));
    system.back().assign(n, 1.0);  // one balance equation follows from the others; the sum takes its place
    Vector right(n, 0.0);
    right.back() = 1;
    return solve(std::move(system), std::move(right));
}

/// p_ij = 1/k_i for neighbors.
inline Matrix random_walk_matrix(const Graph& graph) {
    Matrix p = zeros(size(graph), size(graph));
    for (int i = 0; i < size(graph); ++i)
        for (const int j : graph.neighbors[i]) p[i][j] = 1.0 / degree(graph, i);
    return p;
}

}  // namespace commonweal::oracle
