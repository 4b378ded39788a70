{{ quarter_figures(['region_name', 'municipality_key', 'municipality_name']) }}
