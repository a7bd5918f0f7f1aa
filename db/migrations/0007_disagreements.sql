CREATE TABLE "disagreements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "disagreements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"roster_id" text,
	"county_code" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"repairs" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "disagreements_open_key" ON "disagreements" USING btree ("kind","subject") WHERE "disagreements"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "disagreements_county_idx" ON "disagreements" USING btree ("county_code") WHERE "disagreements"."ended_at" is null;