CREATE TABLE "screenings" (
	"id" text PRIMARY KEY NOT NULL,
	"pack_id" text NOT NULL,
	"pack_version" integer NOT NULL,
	"village_code" text NOT NULL,
	"county_code" text NOT NULL,
	"household_id" text NOT NULL,
	"finding" text NOT NULL,
	"sheet" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" bigint NOT NULL,
	"follow_up" text,
	"due_at" bigint,
	"roster_id" text,
	"answered_at" bigint,
	"alarmed_at" bigint
);
--> statement-breakpoint
CREATE INDEX "screenings_village_idx" ON "screenings" USING btree ("village_code","pack_id");--> statement-breakpoint
CREATE INDEX "screenings_household_idx" ON "screenings" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "screenings_open_idx" ON "screenings" USING btree ("county_code","due_at") WHERE "screenings"."follow_up" is not null and "screenings"."roster_id" is null;