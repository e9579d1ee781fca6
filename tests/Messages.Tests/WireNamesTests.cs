using System.Text.Json;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Messages.Workers;

namespace LocalAI.Pipeline.Messages.Tests;

/// <summary>
/// A message's namespace and name are its identity on the wire, and its properties are its form: changing one breaks every
/// process of another release. A change that must be made is a new type beside the old.
/// </summary>
public sealed class WireNamesTests
{
    private static readonly Guid Job = new("00000001-0002-0003-0405-060708090a0b");

    public static TheoryData<string, object, string> Messages => new()
    {
        { "Jobs.JobCancellationRequested", new JobCancellationRequested { JobId = Job, Reason = "left" }, """{"JobId":"00000001-0002-0003-0405-060708090a0b","Reason":"left"}""" },
        { "Jobs.DeltaResendRequested", new DeltaResendRequested { JobId = Job, Attempt = 1, NextSequence = 5 }, """{"JobId":"00000001-0002-0003-0405-060708090a0b","Attempt":1,"NextSequence":5}""" },
        { "Jobs.GetJobProgress", new GetJobProgress { JobId = Job, WorkerId = "w" }, """{"JobId":"00000001-0002-0003-0405-060708090a0b","WorkerId":"w","Redelivered":false}""" },
        { "Jobs.DurableJobsAdvanced", new DurableJobsAdvanced { JobIds = [Job] }, """{"JobIds":["00000001-0002-0003-0405-060708090a0b"]}""" },
        { "Jobs.JobProgress", new JobProgress { JobId = Job, Wanted = true, Attempt = 2, NextSequence = 3, RawText = "ab", CompletionTokens = 2 }, """{"JobId":"00000001-0002-0003-0405-060708090a0b","Wanted":true,"Attempt":2,"NextSequence":3,"RawText":"ab","CompletionTokens":2}""" },
        { "Text.TextTokenized", new TextTokenized { Tokens = [1, 2] }, """{"Tokens":[1,2],"Pieces":null}""" },
        { "Text.TextTokenized", new TextTokenized { Tokens = [1], Pieces = [[195]] }, """{"Tokens":[1],"Pieces":["ww=="]}""" },
        { "Text.DescribeModel", new DescribeModel { JobId = Job, Model = "m", Owner = "o", RequestId = "r" }, """{"JobId":"00000001-0002-0003-0405-060708090a0b","Model":"m","Owner":"o","RequestId":"r"}""" },
        {
            "Text.ModelDescribed",
            new ModelDescribed { ChatTemplate = "t", ContextSize = 8, Architecture = "llama", SupportsInfill = true },
            """{"ChatTemplate":"t","ContextSize":8,"TrainingContextSize":0,"BosToken":"","EosToken":"","Architecture":"llama","Quantization":"","ParameterCount":0,"SizeBytes":0,"EmbeddingLength":0,"VocabularySize":0,"SupportsEmbeddings":false,"SupportsThinking":false,"SupportsInfill":true}"""
        },
        { "Text.TextDetokenized", new TextDetokenized { Text = "ab" }, """{"Text":"ab"}""" },
        { "Text.PromptRendered", new PromptRendered { Prompt = "p", Tokens = 1 }, """{"Prompt":"p","Tokens":1}""" },
        { "Text.TextEmbedded", new TextEmbedded { Vectors = [[0.5f]], PromptTokens = 1 }, """{"Vectors":[[0.5]],"PromptTokens":1}""" },
        { "Text.DocumentsReranked", new DocumentsReranked { Results = [new RankedDocument { Index = 1, Score = 0.5f }], PromptTokens = 4 }, """{"Results":[{"Index":1,"Score":0.5}],"PromptTokens":4}""" },
        {
            "Workers.WorkerHeartbeat",
            new WorkerHeartbeat { WorkerId = "w", Pool = "text", At = DateTimeOffset.UnixEpoch, Leaving = false, Models = [new WorkerModelState { Name = "m", Slots = 4, SlotsBusy = 1, Loaded = true, Restarts = 0 }] },
            """{"WorkerId":"w","Pool":"text","At":"1970-01-01T00:00:00+00:00","Leaving":false,"Models":[{"Name":"m","Slots":4,"SlotsBusy":1,"Loaded":true,"Restarts":0,"Problem":null}]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_OnTheWire_HasItsPinnedNameAndForm(string name, object message, string json)
    {
        Assert.Equal("LocalAI.Pipeline.Messages." + name, message.GetType().FullName);
        Assert.Equal(json, JsonSerializer.Serialize(message));
        Assert.Equivalent(message, JsonSerializer.Deserialize(json, message.GetType()), strict: true);
    }

    [Fact]
    public void GenerateText_FromASampleOfThisRelease_IsReadWithEveryField()
    {
        const string sample = """
            {"JobId":"00000001-0002-0003-0405-060708090a0b","Model":"m","Lane":1,"Owner":"o","InstanceId":"api","RequestId":"r","AcceptedAt":"1970-01-01T00:00:00+00:00",
             "Messages":[{"Role":2,"Content":"c","ToolCalls":[{"Id":"i","Name":"n","Arguments":"{}"}]}],
             "Tools":[{"Name":"n","Parameters":"{}","Strict":true}],"ToolChoice":{"Mode":2,"Allowed":["n"],"Parallel":false},
             "Output":{"Kind":2,"Schema":"{}","Strict":true},"Sampling":{"Temperature":0.5,"Seed":7},"MaxTokens":9,"StopSequences":["s"],
             "Logprobs":true,"TopLogprobs":3,"LogitBias":{"5":-100},"ContinueFinalMessage":true,"ReasoningEffort":"none","TemplateArguments":"{}",
             "Suffix":"s","InfillStart":"i","InfillFiles":[{"Name":"f","Text":"t"}],"MaxGenerationMilliseconds":5,"CachePrompt":false,"Detailed":true}
            """;

        var command = JsonSerializer.Deserialize<GenerateText>(sample)!;

        Assert.Equal((Job, "m", Lane.Batch), (command.JobId, command.Model, command.Lane));
        Assert.Equal((ChatRole.Assistant, "n"), (command.Messages![0].Role, command.Messages[0].ToolCalls![0].Name));
        Assert.Equal((ToolChoiceMode.Required, "n", false), (command.ToolChoice!.Mode, command.ToolChoice.Allowed![0], command.ToolChoice.Parallel));
        Assert.Equal((OutputKind.JsonSchema, true), (command.Output!.Kind, command.Output.Strict));
        Assert.Equal((0.5f, 7L, 9, 3), (command.Sampling.Temperature, command.Sampling.Seed, command.MaxTokens, command.TopLogprobs));
        Assert.Equal(-100, command.LogitBias!["5"]);
        Assert.Equal(("s", "i", "f", "t"), (command.Suffix, command.InfillStart, command.InfillFiles![0].Name, command.InfillFiles[0].Text));
        Assert.Equal((5, false, true), (command.MaxGenerationMilliseconds, command.CachePrompt, command.Detailed));
    }

    [Fact]
    public void Messages_AllOfThem_AreSealedRecordsWithoutNesting()
    {
        var messages = typeof(GenerateText).Assembly.GetExportedTypes().Where(t => t.IsClass && !(t.IsAbstract && t.IsSealed)).ToList();

        Assert.NotEmpty(messages);
        Assert.All(messages, t => Assert.True(t.IsSealed && !t.IsNested && t.GetMethod("<Clone>$") is not null, $"{t} is not a sealed top-level record"));
    }
}
