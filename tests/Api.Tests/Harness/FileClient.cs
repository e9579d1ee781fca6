using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>Calls the server with a key, in forms and JSON.</summary>
internal sealed class FileClient(ApiServer server, string? key = null)
{
    public static readonly Dictionary<string, string?> TwoKeys = new()
    {
        ["Access:Keys:0:Name"] = "alice",
        ["Access:Keys:0:Key"] = "key-of-alice",
        ["Access:Keys:1:Name"] = "bob",
        ["Access:Keys:1:Key"] = "key-of-bob",
    };

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? range = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestTimeout.Token);
    }

    public async Task<JsonElement> JsonAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public async Task<(int Status, string? Code, string? Param, string Message)> ErrorAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        return await response.ErrorAsync();
    }

    public Task<HttpResponseMessage> UploadAsync(byte[] content, string name = "input.jsonl", params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, "/v1/files", Form("file", content, name, fields));

    /// <summary>Uploads with a purpose; returns the file's id.</summary>
    public async Task<string> UploadedAsync(string content, string purpose = "batch", params (string Name, string Value)[] fields)
    {
        using var response = await UploadAsync(Encoding.UTF8.GetBytes(content), "input.jsonl", [("purpose", purpose), .. fields]);
        return (await response.JsonAsync()).GetProperty("id").GetString()!;
    }

    public async Task<string> ContentAsync(string fileId)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/v1/files/{fileId}/content");
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }

    public static MultipartFormDataContent Form(string field, byte[] content, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (fieldName, value) in fields)
        {
            form.Add(new StringContent(value), fieldName);
        }

        form.Add(new ByteArrayContent(content), field, name);
        return form;
    }
}
