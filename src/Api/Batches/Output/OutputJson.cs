using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches.Output;

/// <summary>One line of output, as OpenAI and Anthropic have it.</summary>
internal static class OutputJson
{
    public static void WriteAnswer(Utf8JsonWriter json, BatchResult result)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, LineId(result.BatchId, result.Line));
        json.WriteString("custom_id"u8, result.CustomId);
        json.WriteStartObject("response"u8);
        json.WriteNumber("status_code"u8, result.Status);
        json.WriteString("request_id"u8, result.RequestId);
        json.WritePropertyName("body"u8);
        json.WriteRawValue(result.Body, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteNull("error"u8);
        json.WriteEndObject();
    }

    public static void WriteNotRun(Utf8JsonWriter json, string batchId, BatchLine line, BatchState end)
    {
        var isExpired = end == BatchState.Expired;
        json.WriteStartObject();
        json.WriteString("id"u8, LineId(batchId, line.Number));
        json.WriteString("custom_id"u8, line.CustomId);
        json.WriteNull("response"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, isExpired ? "batch_expired"u8 : "batch_cancelled"u8);
        json.WriteString("message"u8, isExpired ? "The request did not run before the batch's completion window was over."u8 : "The request did not run before the batch was cancelled."u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteResult(Utf8JsonWriter json, BatchResult result)
    {
        json.WriteStartObject();
        json.WriteString("custom_id"u8, result.CustomId);
        json.WriteStartObject("result"u8);
        json.WriteString("type"u8, result.IsSuccess ? "succeeded"u8 : "errored"u8);
        json.WritePropertyName(result.IsSuccess ? "message"u8 : "error"u8);
        json.WriteRawValue(result.Body, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteResultNotRun(Utf8JsonWriter json, BatchLine line, BatchState end)
    {
        json.WriteStartObject();
        json.WriteString("custom_id"u8, line.CustomId);
        json.WriteStartObject("result"u8);
        json.WriteString("type"u8, end == BatchState.Expired ? "expired"u8 : "canceled"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Of the batch and the line, so that it is the same whoever writes it.
    private static string LineId(string batchId, int line) => string.Create(CultureInfo.InvariantCulture, $"batch_req_{batchId[^32..]}_{line}");
}
