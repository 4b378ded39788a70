-- Every line of `partner_aliases.csv` can be followed.
with problems as (
    select line_number, problem
    from {{ ref('int_partner_decision') }}
    where problem is not null
)

{{ fail_with('problems') }}
