CREATE TABLE "remedies" (
	"case_id" text PRIMARY KEY NOT NULL,
	"roster_id" text NOT NULL,
	"household_id" text NOT NULL,
	"village_code" text NOT NULL,
	"code" text NOT NULL,
	"words" text NOT NULL,
	"lacking" jsonb NOT NULL,
	"opened_at" bigint NOT NULL,
	"finished_at" bigint,
	"finished_by" text,
	"outcome" text,
	"proofs" jsonb
);
--> statement-breakpoint
CREATE INDEX "remedies_village_idx" ON "remedies" USING btree ("village_code","finished_at");