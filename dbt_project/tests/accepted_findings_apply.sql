-- Every line of `accepted_findings.csv` says what is accepted, why, by whom and until when.
with problems as (
    select line_number, problem
    from {{ ref('int_accepted_finding') }}
    where problem is not null
)

{{ fail_with('problems') }}
