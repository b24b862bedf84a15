"""The same kernels on Spark: chunks are cut as on one machine, and answered wherever Spark has room."""
