using System.Text.Json;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>Reads answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The error of an answer in OpenAI's shape.</summary>
    public static async Task<(int Status, string? Code, string? Param, string Message)> ErrorAsync(this HttpResponseMessage response)
    {
        var error = (await response.JsonAsync()).GetProperty("error");
        Assert.NotEmpty(error.GetProperty("type").GetString()!);
        return ((int)response.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("param").GetString(), error.GetProperty("message").GetString()!);
    }

    /// <summary>Fields that differ from run to run, replaced.</summary>
    public static string Steady(string text, string id) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(id, "ID", StringComparison.Ordinal), "\"created\":\\d+,\"model\":\"tiny\",\"system_fingerprint\":\"fp_[0-9a-f]{10}\"", "HEAD");
}
