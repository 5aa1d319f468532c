import { MEASURES } from './attributes.ts';

test('cells have the columns that schema step 001 made: a new word needs a step that adds its own', () => {
  expect(MEASURES.map(({ column }) => column)).toEqual([
    'n',
    'status_pending_approval',
    'status_returned_to_school',
    'status_in_school',
    'status_suspended',
    'number_kind_g_formal',
    'number_kind_j_formal',
    'number_kind_l_temporary',
    'number_kind_none',
    'document_type_resident_id',
    'document_type_hk_macao_permit',
    'document_type_taiwan_permit',
    'document_type_passport',
    'document_type_other',
    'document_type_none',
    'ethnic_group_han',
    'ethnic_group_minority',
    'ethnic_group_not_applicable',
    'boarder',
    'left_behind',
    'migrant',
    'residence_permit',
    'disabled',
  ]);
});
