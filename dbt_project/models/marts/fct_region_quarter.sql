{{ quarter_figures(['region_name']) }}
