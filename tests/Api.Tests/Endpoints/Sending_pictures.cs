using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Media;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Sending_pictures : IAsyncLifetime
{
    private static readonly string Picture = Convert.ToBase64String(FileServer.Picture);
    private static readonly string Sound = Convert.ToBase64String("RIFF....WAVEfmt "u8);

    private ApiServer _server = null!;
    private FileServer _files = null!;

    public async ValueTask InitializeAsync()
    {
        _files = await FileServer.StartAsync();
        var models = new ModelsFolder("deaf");
        models.Describe("tiny", "known_usecases: [chat, vision]\nknown_input_modalities: [text, image, audio]");
        _server = await ApiServer.StartAsync(models, new Dictionary<string, string?> { ["Media:TrustedHosts:0"] = "localhost", ["Media:MaxItemBytes"] = "65536", ["Requests:MaxBodyBytes"] = "200000" });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task A_chat_has_them_inline_and_by_link()
    {
        var sent = await SendAsync("/v1/chat/completions", $$$"""
            {"model":"tiny","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"a"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Picture}}}","detail":"low"}},{"type":"text","text":"b"},
              {"type":"image_url","image_url":{"url":"{{{_files.At("moved")}}}"}},{"type":"input_audio","input_audio":{"data":"{{{Sound}}}","format":"wav"}}]}]}
            """);

        Assert.Null(sent[0].Media);
        Assert.Equal("a\nb", sent[1].Content);
        Assert.Equal(
            [(MediaKind.Image, "image/png", Picture), (MediaKind.Image, "image/png", Picture), (MediaKind.Audio, "audio/wav", Sound)],
            sent[1].Media!.Select(part => (part.Kind, part.Type, part.Base64)));
    }

    [Fact]
    public async Task Anthropics_messages_have_them_in_their_turns()
    {
        var sent = await SendAsync("/v1/messages", $$$"""
            {"model":"tiny","max_tokens":9,"system":"s","messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Picture}}}"}}]},
              {"role":"assistant","content":"ok"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"url","url":"{{{_files.At("picture")}}}"}}]}]}
            """);

        Assert.Equal([0, 1, 0, 1], sent.Select(message => message.Media?.Count ?? 0));
        Assert.Equal(["s", "", "ok", "a"], sent.Select(message => message.Content));
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"tiny","messages":[{"role":"user","content":"a","images":["PICTURE","PICTURE"]}]}""", 0)]
    [InlineData("/api/generate", """{"model":"tiny","prompt":"a","system":"s","images":["PICTURE","PICTURE"]}""", 1)]
    public async Task Ollamas_requests_have_them_as_Base64(string path, string body, int message)
    {
        var sent = await SendAsync(path, body.Replace("PICTURE", Picture, StringComparison.Ordinal));

        Assert.Equal(2, sent[message].Media!.Count);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"deaf","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""", "takes no image")]
    [InlineData("/v1/chat/completions", """{"model":"tiny","messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"data:video/mp4;base64,AAAA"}}]}]}""", "takes no video")]
    [InlineData("/v1/chat/completions", """{"model":"tiny","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""", "is no PNG")]
    [InlineData("/v1/chat/completions", """{"model":"tiny","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://127.0.0.1:1/a"}}]}]}""", "private address")]
    [InlineData("/v1/messages", """{"model":"deaf","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]}""", "takes no image")]
    [InlineData("/v1/messages/count_tokens", """{"model":"deaf","messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"http://127.0.0.1:1/a"}}]}]}""", "takes no image")]
    [InlineData("/api/chat", """{"model":"deaf","messages":[{"role":"user","content":"a","images":["AAAA"]}]}""", "takes no image")]
    public async Task What_cannot_be_is_refused(string path, string body, string reason)
    {
        using var response = await _server.PostAsync(path, body, "application/json").OrTimeout("the answer");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_bounded_one_by_one_and_together()
    {
        using var one = await _server.ChatAsync(Chat([Large(66_000)])).OrTimeout("the answer");
        using var all = await _server.PostAsync("/v1/chat/completions", Chat([.. Enumerable.Repeat(_files.At("picture").ToString(), 33)]), "application/json").OrTimeout("the answer");

        Assert.Contains("65536", (await one.ErrorAsync()).Message, StringComparison.Ordinal);
        Assert.Equal((400, "invalid_value", "messages[0].content[32].image_url.url"), await all.ErrorAsync() is var error ? (error.Status, error.Code, error.Param) : default);
    }

    private static string Large(int bytes) => "data:image/png;base64," + Convert.ToBase64String([.. FileServer.Picture, .. new byte[bytes]]);

    private static string Chat(IReadOnlyList<string> urls)
    {
        var parts = urls.Select(url => """{"type":"image_url","image_url":{"url":"URL"}}""".Replace("URL", url, StringComparison.Ordinal));
        return """{"model":"tiny","messages":[{"role":"user","content":[PARTS]}]}""".Replace("PARTS", string.Join(',', parts), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<ChatMessage>> SendAsync(string path, string body)
    {
        var answering = _server.PostAsync(path, body, "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("ok");
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");
        Assert.Equal(200, (int)response.StatusCode);
        return job.Command.Messages!;
    }
}
