#include "models/networks/periodic_lattice.hpp"

#include "sim/core/parallel.hpp"

namespace commonweal::models {

Network periodic_lattice(std::uint32_t width, std::uint32_t height, std::uint32_t sites,
                         std::span<const LatticeTie> ties) {
    TieList list{width * height * sites, {}, {}};
    const std::size_t per_row = width * ties.size();
    list.ties.resize(height * per_row);
    const auto shifted = [](std::uint32_t at, int by, std::uint32_t size) {
        return static_cast<std::uint32_t>((std::int64_t{at} + by + size) % size);
    };
    parallel_items(height, [&](std::size_t row) {
        const auto y = static_cast<std::uint32_t>(row);
        Tie* out = list.ties.data() + row * per_row;
        for (std::uint32_t x = 0; x < width; ++x)
            for (const LatticeTie& tie : ties) {
                const std::uint32_t cell = y * width + x;
                const std::uint32_t other = shifted(y, tie.dy, height) * width + shifted(x, tie.dx, width);
                *out++ = {cell * sites + tie.site, other * sites + tie.other};
            }
    });
    return Network(Layer(std::move(list)));
}

}  // namespace commonweal::models
