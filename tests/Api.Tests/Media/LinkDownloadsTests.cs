using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Testing;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Tests.Media;

public sealed class LinkDownloadsTests : IAsyncLifetime
{
    private readonly MediaOptions _options = new() { MaxItemBytes = 64 * 1024, LinkTimeout = TestTimeout.Duration, TrustedHosts = { "localhost" } };
    private FileServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("picture")]
    [InlineData("moved")]
    public async Task GetAsync_LinkToATrustedHost_GivesTheBytes(string path) => Assert.Equal(FileServer.Picture, await GetAsync(_server.At(path)));

    [Theory]
    [InlineData("moved-inside", "private address ('127.0.0.1'")]
    [InlineData("moved-to-a-file", "no http or https link")]
    [InlineData("round", "redirected more than")]
    [InlineData("large", "larger than 65536 bytes")]
    [InlineData("missing", "status 404")]
    public async Task GetAsync_LinkThatMayNotBeFollowed_IsRefusedWithTheReason(string path, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<LinkRefusedException>(() => GetAsync(_server.At(path)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task GetAsync_PrivateAddressInAnyForm_IsRefused(string host) =>
        Assert.Contains("private address", (await Assert.ThrowsAsync<LinkRefusedException>(() => GetAsync(_server.At("picture", host)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task GetAsync_SlowServer_IsGivenUp()
    {
        _options.LinkTimeout = TimeSpan.FromMilliseconds(200);
        Assert.Contains("took longer", (await Assert.ThrowsAsync<LinkRefusedException>(() => GetAsync(_server.At("slow")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NothingThere_IsRefused() =>
        Assert.Contains("could not be read", (await Assert.ThrowsAsync<LinkRefusedException>(() => GetAsync(new Uri("http://localhost:1/picture")))).Message, StringComparison.Ordinal);

    private async Task<byte[]> GetAsync(Uri link)
    {
        using var links = new LinkDownloads(Options.Create(_options));
        return await links.GetAsync(link, TestTimeout.Token);
    }
}
