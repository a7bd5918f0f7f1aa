-- Decisions keep the forms that they used by hash, so a saved form is never rewritten: another save is a new version.
CREATE TRIGGER visit_forms_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON visit_forms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
