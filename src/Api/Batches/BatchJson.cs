using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>OpenAI's batch object, every field of it.</summary>
internal static class BatchJson
{
    public static void Write(Utf8JsonWriter json, Batch batch)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, batch.Id);
        json.WriteString("object"u8, "batch"u8);
        json.WriteString("endpoint"u8, batch.Endpoint);
        Raw(json, "errors"u8, batch.Errors);
        json.WriteString("input_file_id"u8, batch.InputFileId);
        json.WriteString("completion_window"u8, batch.CompletionWindow);
        json.WriteString("status"u8, Status(batch.State));
        json.WriteString("output_file_id"u8, batch.OutputFileId);
        json.WriteString("error_file_id"u8, batch.ErrorFileId);
        WriteTimes(json, batch);
        json.WriteStartObject("request_counts"u8);
        json.WriteNumber("total"u8, batch.Total);
        json.WriteNumber("completed"u8, batch.Completed);
        json.WriteNumber("failed"u8, batch.Failed);
        json.WriteEndObject();
        Raw(json, "metadata"u8, batch.Metadata);
        json.WriteEndObject();
    }

    public static string Status(BatchState state) => state switch
    {
        BatchState.Validating => "validating",
        BatchState.InProgress => "in_progress",
        BatchState.Finalizing => "finalizing",
        BatchState.Cancelling => "cancelling",
        BatchState.Completed => "completed",
        BatchState.Failed => "failed",
        BatchState.Expired => "expired",
        _ => "cancelled",
    };

    private static void WriteTimes(Utf8JsonWriter json, Batch batch)
    {
        Time(json, "created_at"u8, batch.CreatedAt);
        Time(json, "in_progress_at"u8, batch.InProgressAt);
        Time(json, "expires_at"u8, batch.ExpiresAt);
        Time(json, "finalizing_at"u8, batch.FinalizingAt);
        Time(json, "completed_at"u8, End(batch, BatchState.Completed));
        Time(json, "failed_at"u8, End(batch, BatchState.Failed));
        Time(json, "expired_at"u8, End(batch, BatchState.Expired));
        Time(json, "cancelling_at"u8, batch.CancellingAt);
        Time(json, "cancelled_at"u8, End(batch, BatchState.Cancelled));
    }

    private static DateTimeOffset? End(Batch batch, BatchState state) => batch.State == state ? batch.EndedAt : null;

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteNumber(name, at.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Raw(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value ?? "null", skipInputValidation: true);
    }
}
