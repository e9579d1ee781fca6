using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary><c>{"error":{"code","message","type"}}</c>, where the code is the status; ours adds the parameter.</summary>
internal static class LlamaErrors
{
    public const string NotSupported = "not_supported_error";

    public static readonly ErrorShape Shape = static (writer, error, _) => Write(writer, error);

    public static void Write(Utf8JsonWriter writer, ApiError error)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, error.Status);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, TypeOf(error));
        if (error.Parameter is { } parameter)
        {
            writer.WriteString("param"u8, parameter);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string TypeOf(ApiError error) => error switch
    {
        { Code: FailureHttpTable.ContextOverflow } => "exceed_context_size_error",
        { Status: 401 } => "authentication_error",
        { Status: 403 } => "permission_error",
        { Status: 404 } => "not_found_error",
        { Status: 501 } => NotSupported,
        { Status: 503 } => "unavailable_error",
        { Status: >= 500 } => "server_error",
        _ => "invalid_request_error",
    };
}
