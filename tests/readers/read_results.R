# Reads a results file as an R user does, and prints what it found as CSV, for tests/analysis/test_readers.py.
#
#   Rscript read_results.R FILE rhdf5|ncdf4
#
# One row per variable, and per attribute of the file (its name begins with @):
#   name      with its group: ledger/digest
#   dims      lengths in the order of the file: 4x12x240. R itself shows them in reverse
#   missing   number of values that R takes for missing
#   sum       of the values that are not missing; empty for texts
#   ordered   sum of (position modulo 1009) * value, positions from 0 in the order of the file: it tells two
#             orders of the same values apart; empty for texts
#   texts     joined by |; empty for numbers

invisible(Sys.setlocale("LC_CTYPE", "C.UTF-8"))

row_of <- function(name, values) {
  lengths <- if (is.null(dim(values))) length(values) else rev(dim(values))
  row <- data.frame(name = name, dims = paste(lengths, collapse = "x"), missing = sum(is.na(values)),
                    sum = "", ordered = "", texts = "")
  if (is.character(values)) {
    row$texts <- paste(values, collapse = "|")
  } else {
    # The first index of R runs fastest, and is the last of the file: as a vector, values are in the file's order.
    x <- as.numeric(values)
    row$sum <- sprintf("%.17g", sum(x, na.rm = TRUE))
    row$ordered <- sprintf("%.17g", sum(x * ((seq_along(x) - 1) %% 1009), na.rm = TRUE))
  }
  row
}

read_rhdf5 <- function(file) {
  suppressPackageStartupMessages(library(rhdf5))
  found <- h5ls(file)
  found <- found[found$otype == "H5I_DATASET", ]
  names <- sub("^/+", "", paste(found$group, found$name, sep = "/"))
  attributes <- h5readAttributes(file, "/")
  c(lapply(names, function(name) row_of(name, h5read(file, name))),
    lapply(names(attributes), function(name) row_of(paste0("@", name), attributes[[name]])))
}

read_ncdf4 <- function(file) {
  suppressPackageStartupMessages(library(ncdf4))
  nc <- nc_open(file)
  on.exit(nc_close(nc))
  names <- c(names(nc$var), names(nc$dim)) # a coordinate is no variable to ncdf4, and ncvar_get reads it
  attributes <- ncatt_get(nc, 0)
  c(lapply(names, function(name) row_of(name, ncvar_get(nc, name, collapse_degen = FALSE))),
    lapply(names(attributes), function(name) row_of(paste0("@", name), attributes[[name]])))
}

arguments <- commandArgs(trailingOnly = TRUE)
read <- list(rhdf5 = read_rhdf5, ncdf4 = read_ncdf4)[[arguments[2]]]
rows <- do.call(rbind, read(arguments[1]))
write.csv(rows[order(rows$name), ], row.names = FALSE)
