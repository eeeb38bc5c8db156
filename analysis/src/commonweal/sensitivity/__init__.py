"""Which parameters matter: Sobol indices and elementary effects of a sweep, estimated by SALib; and the sweep in its words."""
