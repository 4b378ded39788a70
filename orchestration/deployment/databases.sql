-- Beside Dagster's own database: the one for the marts, which BI tools are let into.
create database marts;
