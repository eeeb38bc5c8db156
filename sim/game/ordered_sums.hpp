#pragma once

#include "sim/game/neighborhood_game.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// Lets a game on these ties add up in an order in which neighbors lie close together, where one is found and is worth
/// the copies. What decides is counted, not timed: rows that a core fetches from far in one round, now and in the order
/// of reverse Cuthill-McKee. No value changes.
void order_sums(NeighborhoodGame& game, const Layer& ties);

}  // namespace commonweal
