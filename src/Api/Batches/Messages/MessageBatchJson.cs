using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches.Messages;

/// <summary>Anthropic's message batch object.</summary>
internal static class MessageBatchJson
{
    /// <param name="json">Where to.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="address">Where this server was called: the results are below it.</param>
    public static void Write(Utf8JsonWriter json, Batch batch, string address)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, batch.Id);
        json.WriteString("type"u8, "message_batch"u8);
        json.WriteString("processing_status"u8, batch.HasEnded ? "ended"u8 : batch.State == BatchState.Cancelling ? "canceling"u8 : "in_progress"u8);
        WriteCounts(json, batch);
        Time(json, "created_at"u8, batch.CreatedAt);
        Time(json, "expires_at"u8, batch.ExpiresAt);
        Time(json, "cancel_initiated_at"u8, batch.CancellingAt);
        Time(json, "ended_at"u8, batch.EndedAt);
        json.WriteNull("archived_at"u8);
        json.WriteString("results_url"u8, HasResults(batch) ? $"{address}/v1/messages/batches/{batch.Id}/results" : null);
        json.WriteEndObject();
    }

    public static bool HasResults(Batch batch) => batch.HasEnded && batch.State != BatchState.Failed;

    public static void WriteDeleted(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "message_batch_deleted"u8);
        json.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<Batch> batches, BatchPage page, string address)
    {
        var shown = batches.Take(page.Limit).ToList();
        // Whoever goes back to newer ones finds them in the same order.
        shown.Sort((one, other) => string.CompareOrdinal(other.Id, one.Id));
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        shown.ForEach(batch => Write(json, batch, address));
        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, batches.Count > page.Limit);
        json.WriteString("first_id"u8, shown.FirstOrDefault()?.Id);
        json.WriteString("last_id"u8, shown.LastOrDefault()?.Id);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, Batch batch)
    {
        var rest = batch.Total - batch.Completed - batch.Failed;
        json.WriteStartObject("request_counts"u8);
        json.WriteNumber("processing"u8, batch.HasEnded ? 0 : rest);
        json.WriteNumber("succeeded"u8, batch.Completed);
        json.WriteNumber("errored"u8, batch.Failed + (batch.State == BatchState.Failed ? rest : 0));
        json.WriteNumber("canceled"u8, batch.State == BatchState.Cancelled ? rest : 0);
        json.WriteNumber("expired"u8, batch.State == BatchState.Expired ? rest : 0);
        json.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
