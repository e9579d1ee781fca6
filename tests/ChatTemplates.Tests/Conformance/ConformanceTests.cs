using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Tests.Conformance;

public sealed class ConformanceTests
{
    [Fact]
    public void Render_EverySnippet_GivesWhatJinjaGives()
    {
        JsonObject context = ExpectedOutcomes.Read("context.json");
        JsonArray snippets = ExpectedOutcomes.Read("expected.json")["snippets"]!.AsArray();
        string[] differences = [.. snippets.Select(snippet => ExpectedOutcomes.Difference(
            (string)snippet!["name"]!, (string)snippet["template"]!, context, snippet.AsObject())).OfType<string>()];

        Assert.True(snippets.Count > 400);
        Assert.True(differences.Length == 0, $"{differences.Length} differ:\n" + string.Join("\n", differences));
    }

    [Fact]
    public void Render_EveryFamilyWithEveryConversation_GivesWhatJinjaGives()
    {
        JsonObject conversations = ExpectedOutcomes.Read("conversations.json");
        JsonArray renders = ExpectedOutcomes.Read("expected.json")["families"]!.AsArray();
        List<string> differences = [];
        foreach (JsonObject render in renders.Select(node => node!.AsObject()))
        {
            string family = (string)render["family"]!, conversation = (string)render["conversation"]!;
            Dictionary<string, JsonNode?> variables = new()
            {
                ["tools"] = null, ["documents"] = null, ["bos_token"] = "<s>", ["eos_token"] = "</s>",
            };
            foreach ((string name, JsonNode? value) in conversations[conversation]!.AsObject()) variables[name] = value;
            if (ExpectedOutcomes.Difference($"{family} {conversation}", ExpectedOutcomes.Family(family), variables, render) is { } difference)
                differences.Add(difference);
        }

        Assert.Equal(ExpectedOutcomes.Families().Count() * conversations.Count, renders.Count);
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n" + string.Join("\n", differences));
    }
}
