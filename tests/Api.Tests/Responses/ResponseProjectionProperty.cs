using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LocalAI.Pipeline.Api.Responses;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.AspNetCore.Http;

namespace LocalAI.Pipeline.Api.Tests.Responses;

public sealed class ResponseProjectionProperty
{
    private static readonly GenerationFinish Finish = new() { Reason = FinishReason.ToolCalls, PromptTokens = 7, CachedTokens = 4, CompletionTokens = 9, ReasoningTokens = 2 };

    [Fact]
    public void Deltas_HoweverTheyAreCut_GiveTheSameItems() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), (int seed) => Run(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Run(Random chance)
    {
        var head = new ResponseHead { JobId = Guid.NewGuid(), CreatedAt = 1, Settings = "{}", Summary = chance.Next(2) == 0 ? "auto" : null, IsBackground = chance.Next(2) == 0 };
        var deltas = Deltas(chance);
        var whole = Whole(head, deltas);
        Assert.Equal(whole, Whole(head, Cut(deltas, chance)));
        var events = Events(head, Cut(deltas, chance));
        Assert.Equal(whole, Assembled(events, head));
        var all = Events(head, deltas);
        Assert.Equal(all, Events(head, deltas));
        // Whoever comes later gets what is missing, byte by byte.
        var after = chance.Next(Frames(all).Count);
        Assert.Equal(Frames(all)[(after + 1)..], Frames(Events(head, deltas, after)));
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
                2 => new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = calls, Id = chance.Next(5) == 0 ? null : $"c{calls}", Name = $"f{calls++}", Arguments = "{\"a\":\"ü\"}" }] },
                _ => new GenerationDelta { Sequence = 0, Text = Words(chance) },
            });
        }

        return deltas;
    }

    private static string Words(Random chance) => chance.Next(6) switch { 0 => " ", 1 => "\n\n", 2 => "  x.", 3 => "ü\"\\\n", 4 => "one two ", _ => "😀." };

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

    private static string Whole(ResponseHead head, List<GenerationDelta> deltas)
    {
        var answer = new ResponseAnswer(head, new NoItemOutput());
        deltas.ForEach(answer.Add);
        answer.Add(new GenerationDelta { Sequence = 0, Finish = Finish });
        return JsonText.Of(json => ItemJson.WriteAll(json, answer.Ended(DateTimeOffset.UnixEpoch).Output));
    }

    private static string Events(ResponseHead head, List<GenerationDelta> deltas, long after = -1)
    {
        var body = new MemoryStream();
        var response = new DefaultHttpContext { Response = { Body = body } }.Response;
        using var stream = new SseStream(response);
        var projection = new ResponseProjection(head, new SseEvents(stream, after));
        deltas.ForEach(projection.Write);
        projection.Write(new GenerationDelta { Sequence = 0, Finish = Finish });
        projection.WriteEnd(projection.Ended(DateTimeOffset.UnixEpoch));
        Assert.True(stream.FlushAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static List<string> Frames(string events) => [.. events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What a client puts together, which looks at each event's number, order and place while it does.</summary>
    private static string Assembled(string events, ResponseHead head)
    {
        var output = new JsonArray();
        var (sequence, last, text) = (0, "", new StringBuilder());
        foreach (var frame in Frames(events).Select(frame => frame.Split("\ndata: ")))
        {
            var data = JsonNode.Parse(frame[1])!;
            Assert.Equal($"event: {data["type"]}", frame[0]);
            Assert.Equal(sequence++, (int)data["sequence_number"]!);
            last = (string)data["type"]!;
            switch (last)
            {
                case "response.output_item.added":
                    Assert.Equal(output.Count, (int)data["output_index"]!);
                    output.Add(data["item"]!.DeepClone());
                    text.Clear();
                    break;
                case "response.output_item.done":
                    Assert.Equal(output.Count - 1, (int)data["output_index"]!);
                    Assert.Equal((string)output[^1]!["id"]!, (string)data["item"]!["id"]!);
                    output[^1] = data["item"]!.DeepClone();
                    break;
                case "response.output_text.delta" or "response.reasoning_text.delta" or "response.function_call_arguments.delta":
                    Assert.Equal((string)output[^1]!["id"]!, (string)data["item_id"]!);
                    text.Append((string)data["delta"]!);
                    break;
                case "response.output_text.done" or "response.reasoning_text.done" or "response.function_call_arguments.done":
                    Assert.Equal(text.ToString(), (string)(data["text"] ?? data["arguments"])!);
                    break;
            }
        }

        Assert.Equal(head.IsBackground ? ["response.created", "response.queued", "response.in_progress"] : ["response.created", "response.in_progress"],
            Frames(events).Take(head.IsBackground ? 3 : 2).Select(frame => frame.Split('\n')[0]["event: ".Length..]));
        Assert.Equal("response.completed", last);
        return output.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
