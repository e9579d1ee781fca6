using System.Text.Json;
using LocalAI.Pipeline.Testing.Gbnf;
using LocalAI.Pipeline.JsonSchemas.Tests.Sampling;
using LocalAI.Pipeline.JsonSchemas.Writing;

namespace LocalAI.Pipeline.JsonSchemas.Tests;

public sealed class GrammarPropertyTests
{
    private const int Schemas = 40;
    private const int TextsOfEach = 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WhatTheGrammarAccepts_IsValid(int seed)
    {
        for (var i = 0; i < Schemas; i++)
        {
            var random = new Random((seed * Schemas) + i);
            var (sample, schema) = Sample(random);
            var derivation = new GbnfDerivation(GbnfGrammar.Parse(schema.ToGrammar()), random);
            for (var n = 0; n < TextsOfEach; n++)
            {
                var text = derivation.Next(random.Next(100));
                Assert.True(IsJson(text, out var instance), $"{sample.Schema.ToJsonString()}\nallows what is no JSON: {text}");
                Assert.True(schema.FirstViolation(instance) is null, $"{sample.Schema.ToJsonString()}\nallows {text}\n{schema.FirstViolation(instance)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WhatIsValid_IsAcceptedByTheGrammar(int seed)
    {
        for (var i = 0; i < Schemas; i++)
        {
            var random = new Random((seed * Schemas) + i);
            var (sample, schema) = Sample(random);
            var recogniser = new GbnfRecogniser(GbnfGrammar.Parse(schema.ToGrammar()));
            for (var n = 0; n < TextsOfEach; n++)
            {
                var text = JsonText.Of(JsonSerializer.SerializeToElement(sample.Instance()));
                Assert.True(schema.FirstViolation(JsonElement.Parse(text)) is null, $"{sample.Schema.ToJsonString()}\nrefuses {text}");
                var length = recogniser.AcceptedLength(text, out var mayEnd);
                Assert.True(length == text.Length && mayEnd, $"{sample.Schema.ToJsonString()}\nfollows {text}\nup to {length}\n{schema.ToGrammar()}");
            }
        }
    }

    private static (SchemaSample Sample, JsonSchemaDocument Schema) Sample(Random random)
    {
        var sample = new SchemaSampler(random).Document();
        return (sample, JsonSchemaDocument.Parse(JsonElement.Parse(sample.Schema.ToJsonString())));
    }

    private static bool IsJson(string text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
