using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Text.Tests.Generation;

public sealed class MediaMappingTests
{
    private static readonly IReadOnlyList<ChatMessage> Messages =
    [
        new() { Role = ChatRole.User, Content = "one", Media = [Part(MediaKind.Image, "AAAA"), Part(MediaKind.Audio, "BBBB")] },
        new() { Role = ChatRole.Assistant, Content = "ok" },
        new() { Role = ChatRole.User, Content = "two", Media = [Part(MediaKind.Image, "CCCC"), Part(MediaKind.Video, "DDDD")] },
    ];

    [Fact]
    public async Task Media_AreInTheRequestsListsInOrder()
    {
        await using var bench = await WorkerBench.StartAsync();
        await bench.RunAsync(WorkerBench.Chat() with { Messages = Messages });

        var asked = Assert.Single(bench.Backend.Asked);
        Assert.Equal(["AAAA", "CCCC"], asked.Images);
        Assert.Equal((string[])["BBBB", "DDDD"], asked.Audios.Concat(asked.Videos));
        Assert.Equal([(1, 1, 0), (0, 0, 0), (1, 0, 1)], asked.Messages.Select(message => (message.ImageCount, message.AudioCount, message.VideoCount)));
        Assert.Equal(["one", "ok", "two"], asked.Messages.Select(message => message.Content));
    }

    [Theory]
    [InlineData("", "", "user:<__media__><__media__>one\nassistant:ok\nuser:<__media__><__media__>two")]
    [InlineData("", "<mark>", "user:<mark><mark>one\nassistant:ok\nuser:<mark><mark>two")]
    [InlineData(", multimodal: \"{{range .Images}}[img-{{.ID}}]{{end}}{{.Text}}\"", "", "user:[img-0]one\nassistant:ok\nuser:[img-0]two")]
    public async Task Prompt_OfTheFilesTemplates_HasMarks(string more, string marker, string prompt)
    {
        await using var bench = await WorkerBench.StartAsync($"template: {{chat_message: \"{{{{.RoleName}}}}:{{{{.Content}}}}\"{more}}}", new ScriptedBackend { Metadata = new ModelMetadataResponse { MediaMarker = marker } });
        await bench.RunAsync(WorkerBench.Chat() with { Messages = Messages });

        var asked = Assert.Single(bench.Backend.Asked);
        Assert.Equal(prompt, asked.Prompt);
        Assert.Equal(2, asked.Images.Count);
    }

    private static MediaPart Part(MediaKind kind, string base64) => new() { Kind = kind, Type = "x/y", Base64 = base64 };
}
