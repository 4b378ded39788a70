-- One document is told of in several rows and quarters: of the same kind, parties and last year it is one. Where fewer
-- than two parties are named, only rows on the same real-world event can tell of the same document.
with told as (
    select
        agreements.*,
        occurrences.occurrence_key,
        row_number() over (
            partition by agreements.event_key, agreements.kind, agreements.valid_to_year
            order by agreements.char_start, agreements.agreement_key
        ) as document_number
    from {{ ref('int_agreement') }} as agreements
    inner join {{ ref('int_occurrence') }} as occurrences using (event_key)
)

select
    agreement_key,
    case
        when len(partner_keys) >= 2
            then {{ surrogate_key(["'document'", 'kind', 'valid_to_year', "array_to_string(list_sort(partner_keys), ' ')"]) }}
        else {{ surrogate_key(["'document'", 'kind', 'valid_to_year', 'occurrence_key', 'document_number']) }}
    end as document_key
from told
