using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary><c>{"type":"error","error":{"type","message","details"},"request_id"}</c>.</summary>
internal static class AnthropicErrors
{
    /// <summary>Official clients look for this code to send a conversation as a whole instead of as a thread.</summary>
    public const string NoThreads = "thread_unsupported_request";

    public static readonly ErrorShape Shape = Write;

    public static void Write(Utf8JsonWriter writer, ApiError error, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, TypeOf(error.Status));
        writer.WriteString("message"u8, error.Message);
        writer.WriteStartObject("details"u8);
        writer.WriteString("error_code"u8, error.Code);
        if (error.Parameter is { } parameter)
        {
            writer.WriteString("parameter"u8, parameter);
        }

        if (error.Code == NoThreads)
        {
            writer.WriteStartArray("unsupported"u8);
            writer.WriteStringValue(error.Parameter);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("request_id"u8, requestId);
        writer.WriteEndObject();
    }

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        504 => "timeout_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
