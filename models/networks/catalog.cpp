#include "models/catalog.hpp"

#include "models/networks/affiliation.hpp"
#include "models/networks/barabasi_albert.hpp"
#include "models/networks/configuration_model.hpp"
#include "models/networks/dodds_watts_sabel.hpp"
#include "models/networks/erdos_renyi.hpp"
#include "models/networks/honeycomb_lattice.hpp"
#include "models/networks/kagome_lattice.hpp"
#include "models/networks/lfr_communities.hpp"
#include "models/networks/network_file.hpp"
#include "models/networks/public_service.hpp"
#include "models/networks/random_regular.hpp"
#include "models/networks/ring_lattice.hpp"
#include "models/networks/simple_graphs.hpp"
#include "models/networks/square_lattice.hpp"
#include "models/networks/stochastic_block_model.hpp"
#include "models/networks/triangular_lattice.hpp"
#include "models/networks/watts_strogatz.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const CatalogEntry<NetworkGenerator>> networks() {
    static const std::array catalog{
        network_entry<Affiliation>(),          network_entry<BarabasiAlbert>(),    network_entry<Complete>(),
        network_entry<ConfigurationModel>(),   network_entry<DoddsWattsSabel>(),   network_entry<ErdosRenyi>(),
        network_entry<HoneycombLattice>(),     network_entry<KagomeLattice>(),     network_entry<LfrCommunities>(),
        network_entry<NetworkFile>(),          network_entry<PublicService>(),     network_entry<RandomRegular>(),
        network_entry<RingLattice>(),          network_entry<SquareLattice>(),     network_entry<Star>(),
        network_entry<StochasticBlockModel>(), network_entry<TriangularLattice>(), network_entry<WattsStrogatz>(),
    };
    return catalog;
}

}  // namespace commonweal::models
