using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Messages.Tests.Deltas;

public sealed class StoredDeltaCodecTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheDelta()
    {
        foreach (var delta in Deltas())
        {
            Assert.Equivalent(delta, StoredDeltaCodec.Read(StoredDeltaCodec.Write(delta)), strict: true);
        }
    }

    [Fact]
    public void Read_OtherBytes_AreRefused()
    {
        var bytes = StoredDeltaCodec.Write(Deltas()[0]);
        Assert.Throws<InvalidDataException>(() => StoredDeltaCodec.Read([]));
        Assert.Throws<InvalidDataException>(() => StoredDeltaCodec.Read([9, .. bytes[1..]]));
        Assert.Throws<InvalidDataException>(() => StoredDeltaCodec.Read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<InvalidDataException>(() => StoredDeltaCodec.Read([.. bytes, 0]));
    }

    // The bytes stay in databases: a release must read what an older one wrote.
    [Fact]
    public void Write_ADelta_IsTheFormThatIsStored() =>
        Assert.Equal("0101070205C3BC616263", Convert.ToHexString(StoredDeltaCodec.Write(new GenerationDelta { Sequence = 7, Tokens = 2, Text = "üabc" })));

    private static List<GenerationDelta> Deltas() =>
    [
        new() { Sequence = 7, Tokens = 2, Text = "üabc" },
        new() { Sequence = 0, Reasoning = "hm", Raw = "<think>hm", Logprobs = "[]", Prompt = new PromptCounts { Tokens = 3, Cached = 1 } },
        new() { Sequence = 1, ToolCalls = [new ToolCallDelta { Index = 0, Id = "c", Name = "f", Arguments = "{" }], Detail = new DeltaDetail { TokenIds = [5], PromptMilliseconds = 1.5 } },
        new() { Sequence = long.MaxValue, Failure = new JobFailure { Code = FailureCode.Cancelled, Message = "m", Parameter = "p" } },
        new() { Sequence = 2, Finish = new GenerationFinish { Reason = FinishReason.Stop, PromptTokens = 1, CompletionTokens = 2 } },
    ];
}
