using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LocalAI.Pipeline.Api.Anthropic;
using LocalAI.Pipeline.Api.Anthropic.Writing;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.AspNetCore.Http;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class ContentBlocksProperty
{
    private static readonly GenerationFinish Finish = new() { Reason = FinishReason.ToolCalls, PromptTokens = 7, CachedTokens = 4, CompletionTokens = 9, ReasoningTokens = 2 };

    [Fact]
    public void Deltas_HoweverTheyAreCut_GiveTheSameContent() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), (int seed) => Run(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Run(Random chance)
    {
        var head = new MessageHead(RelayBench.Command(), MessagesRequestReaderTests.Read("""{"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}"""));
        var deltas = Deltas(chance);
        var whole = Whole(head, deltas);
        Assert.Equal(whole, Whole(head, Cut(deltas, chance)));
        Assert.Equal(whole, Assembled(Events(head, Cut(deltas, chance))));
        Assert.Equal(Events(head, deltas), Events(head, deltas));
        return true;
    }

    private static List<GenerationDelta> Deltas(Random chance)
    {
        var deltas = new List<GenerationDelta>();
        var calls = 0;
        for (var left = chance.Next(12); left > 0; left--)
        {
            deltas.Add(chance.Next(4) switch
            {
                0 => new GenerationDelta { Sequence = 0, Reasoning = Words(chance) },
                1 => new GenerationDelta { Sequence = 0, Reasoning = Words(chance), Text = Words(chance) },
                2 => new GenerationDelta { Sequence = 0, ToolCalls = [Call(calls++, chance)] },
                _ => new GenerationDelta { Sequence = 0, Text = Words(chance) },
            });
        }

        return deltas;
    }

    private static ToolCallDelta Call(int index, Random chance) =>
        new() { Index = index, Id = chance.Next(5) == 0 ? null : $"c{index}", Name = "f", Arguments = JsonSerializer.Serialize(new { a = Words(chance) }) };

    private static string Words(Random chance) => chance.Next(6) switch { 0 => " ", 1 => "\n\n", 2 => "  x", 3 => "ü\"\\\n", 4 => "one two ", _ => "😀." };

    /// <summary>The same, in other pieces: never through the middle of a character.</summary>
    private static List<GenerationDelta> Cut(List<GenerationDelta> deltas, Random chance)
    {
        var cut = new List<GenerationDelta>();
        foreach (var delta in deltas)
        {
            cut.AddRange(Pieces(delta.Reasoning, chance).Select(piece => new GenerationDelta { Sequence = 0, Reasoning = piece }));
            cut.AddRange(Pieces(delta.Text, chance).Select(piece => new GenerationDelta { Sequence = 0, Text = piece }));
            foreach (var call in delta.ToolCalls)
            {
                cut.Add(new GenerationDelta { Sequence = 0, ToolCalls = [call with { Arguments = "" }] });
                cut.AddRange(Pieces(call.Arguments, chance).Select(piece => new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = call.Index, Arguments = piece }] }));
            }
        }

        return cut;
    }

    private static IEnumerable<string> Pieces(string text, Random chance)
    {
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            piece.Append(rune.ToString());
            if (chance.Next(2) == 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        yield return piece.ToString();
    }

    private static string Whole(MessageHead head, List<GenerationDelta> deltas)
    {
        var content = new MessageContent(head);
        var blocks = new ContentBlocks(head, content);
        deltas.ForEach(blocks.Add);
        blocks.End();
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            content.Write(json);
            json.WriteEndObject();
        }

        return JsonNode.Parse(body.ToArray())!["content"]!.ToJsonString();
    }

    private static string Events(MessageHead head, List<GenerationDelta> deltas)
    {
        var body = new MemoryStream();
        var response = new DefaultHttpContext { Response = { Body = body } }.Response;
        using var stream = new SseStream(response);
        var projection = new MessageProjection(head, stream);
        deltas.ForEach(projection.Write);
        projection.Write(new GenerationDelta { Sequence = 0, Finish = Finish });
        Assert.True(stream.FlushAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>What a client puts together, which looks at each event's order while it does.</summary>
    private static string Assembled(string events)
    {
        var content = new JsonArray();
        var (open, inputs) = (-1, new StringBuilder());
        var frames = events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame => frame.Split("\ndata: ")).ToList();
        foreach (var frame in frames)
        {
            var data = JsonNode.Parse(frame[1])!;
            Assert.Equal($"event: {data["type"]}", frame[0]);
            switch ((string)data["type"]!)
            {
                case "content_block_start":
                    Assert.Equal((-1, content.Count), (open, (int)data["index"]!));
                    open = content.Count;
                    content.Add(data["content_block"]!.DeepClone());
                    break;
                case "content_block_delta":
                    Assert.Equal(open, (int)data["index"]!);
                    Add(content[open]!.AsObject(), data["delta"]!, inputs);
                    break;
                case "content_block_stop":
                    Assert.Equal(open, (int)data["index"]!);
                    if (inputs.Length > 0)
                    {
                        content[open]!["input"] = JsonNode.Parse(inputs.ToString());
                    }

                    (open, inputs) = (-1, new StringBuilder());
                    break;
            }
        }

        string[] rest = [.. frames.Select(frame => frame[0]["event: ".Length..]).Where(name => !name.StartsWith("content_block", StringComparison.Ordinal))];
        Assert.Equal(content.Count > 0 ? ["message_start", "ping", "message_delta", "message_stop"] : ["message_start", "message_delta", "message_stop"], rest);
        return content.ToJsonString();
    }

    private static void Add(JsonObject block, JsonNode delta, StringBuilder inputs)
    {
        switch ((string)delta["type"]!)
        {
            case "input_json_delta":
                Assert.Equal("tool_use", (string)block["type"]!);
                inputs.Append((string)delta["partial_json"]!);
                break;
            case "signature_delta":
                block["signature"] = (string)delta["signature"]!;
                break;
            default:
                var name = ((string)delta["type"]!)[..^"_delta".Length];
                Assert.Equal(name, (string)block["type"]!);
                block[name] = (string)block[name]! + (string)delta[name]!;
                break;
        }
    }
}
