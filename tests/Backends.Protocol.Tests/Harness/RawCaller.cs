using System.Net;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Sends a server requests that no gRPC client would.</summary>
internal sealed class RawCaller(BackendAddress address) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<RawAnswer> PostAsync(byte[] body, string path = "/backend.Backend/Predict", string contentType = "application/grpc", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.ToUri(), path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        return await SendAsync(request, headers);
    }

    public async Task<RawAnswer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestTimeout.Token);
        var body = await response.Content.ReadAsByteArrayAsync(TestTimeout.Token);
        var ends = response.TrailingHeaders.Any() ? response.TrailingHeaders : response.Headers;
        return new RawAnswer(response.StatusCode, body, ends.ToDictionary(header => header.Key, header => string.Join(',', header.Value)));
    }

    public void Dispose() => _http.Dispose();
}
