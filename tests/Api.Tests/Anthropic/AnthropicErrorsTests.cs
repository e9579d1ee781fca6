using System.Text.Json;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class AnthropicErrorsTests
{
    [Theory]
    [InlineData(400, "invalid_request_error")]
    [InlineData(401, "authentication_error")]
    [InlineData(403, "permission_error")]
    [InlineData(404, "not_found_error")]
    [InlineData(405, "invalid_request_error")]
    [InlineData(413, "request_too_large")]
    [InlineData(415, "invalid_request_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(500, "api_error")]
    [InlineData(502, "api_error")]
    [InlineData(503, "overloaded_error")]
    [InlineData(504, "timeout_error")]
    [InlineData(529, "overloaded_error")]
    public void Write_EachStatus_HasItsType(int status, string type) =>
        Assert.Equal(
            $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"m","details":{"error_code":"c"}},"request_id":"r"}""",
            Written(new ApiError(status, "ignored", "c", "m")));

    [Fact]
    public void Write_EachFailure_NamesItsCode()
    {
        foreach (var code in Enum.GetValues<FailureCode>())
        {
            var error = FailureHttpTable.ToError(new JobFailure { Code = code, Message = "m", Parameter = "p" });
            Assert.Contains($"\"details\":{{\"error_code\":\"{error.Code}\",\"parameter\":\"p\"}}", Written(error), StringComparison.Ordinal);
        }
    }

    private static string Written(ApiError error)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            AnthropicErrors.Write(json, error, "r");
        }

        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
