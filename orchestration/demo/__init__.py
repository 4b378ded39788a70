"""Made-up quarterly reports: Word files that read like clerks' own, with the truth behind them and planted faults."""
