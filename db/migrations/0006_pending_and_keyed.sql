CREATE TABLE "keyed_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"body_hash" text NOT NULL,
	"result" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rosters" ADD COLUMN "pending_effects" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "rosters_pending_idx" ON "rosters" USING btree ("id") WHERE "rosters"."pending_effects" > 0;--> statement-breakpoint
-- Lists that wait for the registry while they are migrated.
UPDATE "rosters" SET "pending_effects" = jsonb_array_length(jsonb_path_query_array("state", '$.effects[*] ? (@.settled == false)'));
