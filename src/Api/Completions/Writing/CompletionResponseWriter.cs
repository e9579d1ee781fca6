using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>Answers with whole completions.</summary>
internal static class CompletionResponseWriter
{
    /// <exception cref="ApiException">A generation failed, or the best cannot be told.</exception>
    public static async Task WriteAsync(CompletionGeneration generation, HttpResponse response)
    {
        var head = generation.Head;
        var answers = Enumerable.Range(0, head.Jobs).Select(job => new CompletionAnswer(head.Echo(job))).ToList();
        await WholeAnswer.ReadAsync(generation.Reader, item => answers[item.Choice].Add(item.Delta));
        var chosen = answers.Chunk(head.BestOf).SelectMany(candidates => Best(candidates, head.Choices)).ToList();
        await JsonResponse.WriteAsync(response, json => Write(json, head, answers, chosen));
    }

    private static IEnumerable<CompletionAnswer> Best(CompletionAnswer[] candidates, int count)
    {
        if (candidates.Length == count)
        {
            return candidates;
        }

        return candidates.Any(candidate => candidate.IsUnjudged)
            ? throw RequestErrors.Unsupported("best_of", "this model's backend gives no log probabilities to choose by.")
            : candidates.OrderByDescending(candidate => candidate.Likelihood).Take(count);
    }

    private static void Write(Utf8JsonWriter json, CompletionHead head, List<CompletionAnswer> answers, List<CompletionAnswer> chosen)
    {
        CompletionJson.Head(json, head);
        for (var index = 0; index < chosen.Count; index++)
        {
            chosen[index].Write(json, index, head.Logprobs);
        }

        json.WriteEndArray();
        // What was generated and not chosen is counted as well: it was asked for.
        var usage = default(TokenUsage);
        for (var job = 0; job < answers.Count; job++)
        {
            usage = answers[job].Finish is { } finish ? usage.Plus(finish, head.IsFirst(job)) : usage;
        }

        usage.Write(json);
        if (head.Timings && answers[0].Finish is { } first)
        {
            GenerationTimings.Write(json, first);
        }

        json.WriteEndObject();
    }
}
