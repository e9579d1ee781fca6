using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.RequestIds;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>Answers with an error in the shape of the endpoint's API.</summary>
internal static class ErrorResponse
{
    public static async Task WriteAsync(HttpContext context, ApiError error)
    {
        if (error.Code == FailureHttpTable.ContextOverflow && context.GetEndpoint()?.Metadata.GetMetadata<PromptField>() is { } field)
        {
            error = error with { Parameter = field.Name };
        }

        var body = new ArrayBufferWriter<byte>(512);
        await using (var writer = new Utf8JsonWriter(body, Json.Output))
        {
            var shape = context.GetEndpoint()?.Metadata.GetMetadata<ErrorShape>() ?? OpenAiErrors.Shape;
            shape(writer, error, context.RequestId());
        }

        // For whoever called the endpoint without a connection.
        context.Features.Set(error);
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        if (error.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        }
    }
}
