namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>The bytes of one <see cref="GenerationDelta"/> in a frame.</summary>
internal static class DeltaCodec
{
    [Flags]
    private enum Parts : ushort
    {
        None = 0,
        Text = 1,
        Reasoning = 2,
        ToolCalls = 4,
        Raw = 8,
        Logprobs = 16,
        Finish = 32,
        Failure = 64,
        Prompt = 128,
        Detail = 256,
    }

    public static void Write(ref FrameWriter writer, GenerationDelta delta)
    {
        var parts = PartsOf(delta);
        writer.Unsigned((ulong)parts);
        writer.Unsigned((ulong)delta.Sequence);
        writer.Unsigned((ulong)delta.Tokens);
        if (parts.HasFlag(Parts.Text))
        {
            writer.Text(delta.Text);
        }

        if (parts.HasFlag(Parts.Reasoning))
        {
            writer.Text(delta.Reasoning);
        }

        if (parts.HasFlag(Parts.ToolCalls))
        {
            WriteToolCalls(ref writer, delta.ToolCalls);
        }

        if (delta.Raw is { } raw)
        {
            writer.Text(raw);
        }

        if (delta.Logprobs is { } logprobs)
        {
            writer.Text(logprobs);
        }

        if (delta.Detail is { } detail)
        {
            WriteDetail(ref writer, detail);
        }

        if (delta.Finish is { } finish)
        {
            WriteFinish(ref writer, finish);
        }

        if (delta.Prompt is { } prompt)
        {
            writer.Unsigned((ulong)prompt.Tokens);
            writer.Unsigned((ulong)prompt.Cached);
        }

        if (delta.Failure is { } failure)
        {
            writer.Unsigned((ulong)failure.Code);
            writer.Text(failure.Message);
            WriteOptional(ref writer, failure.Parameter);
        }
    }

    public static GenerationDelta Read(ref FrameReader reader)
    {
        var parts = (Parts)reader.Unsigned();
        return new GenerationDelta
        {
            Sequence = reader.Int64(),
            Tokens = reader.Int32(),
            Text = parts.HasFlag(Parts.Text) ? reader.Text() : "",
            Reasoning = parts.HasFlag(Parts.Reasoning) ? reader.Text() : "",
            ToolCalls = parts.HasFlag(Parts.ToolCalls) ? ReadToolCalls(ref reader) : [],
            Raw = parts.HasFlag(Parts.Raw) ? reader.Text() : null,
            Logprobs = parts.HasFlag(Parts.Logprobs) ? reader.Text() : null,
            Detail = parts.HasFlag(Parts.Detail) ? ReadDetail(ref reader) : null,
            Finish = parts.HasFlag(Parts.Finish) ? ReadFinish(ref reader) : null,
            Prompt = parts.HasFlag(Parts.Prompt) ? new PromptCounts { Tokens = reader.Int32(), Cached = reader.Int32() } : null,
            Failure = parts.HasFlag(Parts.Failure) ? ReadFailure(ref reader) : null,
        };
    }

    private static Parts PartsOf(GenerationDelta delta) =>
        (delta.Text.Length > 0 ? Parts.Text : Parts.None)
        | (delta.Reasoning.Length > 0 ? Parts.Reasoning : Parts.None)
        | (delta.ToolCalls.Count > 0 ? Parts.ToolCalls : Parts.None)
        | (delta.Raw is not null ? Parts.Raw : Parts.None)
        | (delta.Logprobs is not null ? Parts.Logprobs : Parts.None)
        | (delta.Finish is not null ? Parts.Finish : Parts.None)
        | (delta.Prompt is not null ? Parts.Prompt : Parts.None)
        | (delta.Detail is not null ? Parts.Detail : Parts.None)
        | (delta.Failure is not null ? Parts.Failure : Parts.None);

    private static void WriteToolCalls(ref FrameWriter writer, IReadOnlyList<ToolCallDelta> calls)
    {
        writer.Unsigned((ulong)calls.Count);
        foreach (var call in calls)
        {
            writer.Unsigned((ulong)call.Index);
            WriteOptional(ref writer, call.Id);
            WriteOptional(ref writer, call.Name);
            writer.Text(call.Arguments);
        }
    }

    private static ToolCallDelta[] ReadToolCalls(ref FrameReader reader)
    {
        var calls = new ToolCallDelta[reader.Count(4)];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = new ToolCallDelta
            {
                Index = reader.Int32(),
                Id = ReadOptional(ref reader),
                Name = ReadOptional(ref reader),
                Arguments = reader.Text(),
            };
        }

        return calls;
    }

    private static void WriteDetail(ref FrameWriter writer, DeltaDetail detail)
    {
        writer.Unsigned((ulong)detail.TokenIds.Count);
        foreach (var token in detail.TokenIds)
        {
            writer.Unsigned((ulong)token);
        }

        writer.Float64(detail.PromptMilliseconds);
        writer.Float64(detail.GenerationMilliseconds);
    }

    private static DeltaDetail ReadDetail(ref FrameReader reader)
    {
        var tokens = new int[reader.Count(1)];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = reader.Int32();
        }

        return new DeltaDetail
        {
            TokenIds = tokens,
            PromptMilliseconds = reader.Float64(),
            GenerationMilliseconds = reader.Float64(),
        };
    }

    private static void WriteFinish(ref FrameWriter writer, GenerationFinish finish)
    {
        writer.Unsigned((ulong)finish.Reason);
        WriteOptional(ref writer, finish.StopSequence);
        writer.Unsigned((ulong)finish.PromptTokens);
        writer.Unsigned((ulong)finish.CachedTokens);
        writer.Unsigned((ulong)finish.CompletionTokens);
        writer.Unsigned((ulong)finish.ReasoningTokens);
        writer.Float64(finish.PromptMilliseconds);
        writer.Float64(finish.GenerationMilliseconds);
    }

    private static GenerationFinish ReadFinish(ref FrameReader reader) => new()
    {
        Reason = Known((FinishReason)reader.Int32()),
        StopSequence = ReadOptional(ref reader),
        PromptTokens = reader.Int32(),
        CachedTokens = reader.Int32(),
        CompletionTokens = reader.Int32(),
        ReasoningTokens = reader.Int32(),
        PromptMilliseconds = reader.Float64(),
        GenerationMilliseconds = reader.Float64(),
    };

    private static JobFailure ReadFailure(ref FrameReader reader) => new()
    {
        Code = Known((FailureCode)reader.Int32()),
        Message = reader.Text(),
        Parameter = ReadOptional(ref reader),
    };

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new InvalidDataException($"A delta frame has an unknown {typeof(T).Name}: {value}.");

    // Null and empty are different here: 0 is null, otherwise a 1 and the text.
    private static void WriteOptional(ref FrameWriter writer, string? value)
    {
        writer.Byte((byte)(value is null ? 0 : 1));
        if (value is not null)
        {
            writer.Text(value);
        }
    }

    private static string? ReadOptional(ref FrameReader reader) => reader.Byte() == 0 ? null : reader.Text();
}
