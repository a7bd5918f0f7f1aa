CREATE TABLE "posted_sheets" (
	"hash" text PRIMARY KEY NOT NULL,
	"roster_id" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "posted_sheets_roster_idx" ON "posted_sheets" USING btree ("roster_id");--> statement-breakpoint
CREATE TRIGGER posted_sheets_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posted_sheets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
