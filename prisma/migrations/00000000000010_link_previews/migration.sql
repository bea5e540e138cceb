-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "link_previews" BOOLEAN NOT NULL DEFAULT false;
