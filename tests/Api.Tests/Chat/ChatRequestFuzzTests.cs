using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Chat;

public sealed class ChatRequestFuzzTests
{
    [Fact]
    public void Read_MangledBodies_AreReadOrRefused() =>
        BodyFuzz.Run(root => ChatRequestReader.Read(root), BadChatRequests.All.Select(row => row.Data.Item1), 30_000);
}
