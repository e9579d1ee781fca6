namespace LocalAI.Pipeline.ModelCatalogue.Tests;

public sealed class ModelFileTests : IDisposable
{
    private readonly ModelsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfAFullFile_TakesEveryKey()
    {
        _folder.With("projector.gguf", "").With("draft.gguf", "").With("one.gguf", "").With("two.gguf", "");
        var model = _folder.Model(FullFile);
        Assert.Empty(_folder.Warnings);
        Assert.Equal(("full", "A model", "Use it"), (model.Name, model.Description, model.Usage));
        Assert.Equal(["whole", "complete"], model.Aliases);
        Assert.Equal(ModelPool.Text, model.Pool);
        Assert.Equal(["chat", "embeddings"], model.KnownUsecases);
        Assert.Equal(
            new ModelParameters
            {
                Temperature = 0.3f, TopP = 0.9f, TopK = 40, MinP = 0.05f, TypicalP = 0.8f, MaxTokens = 100, Seed = 42,
                RepeatPenalty = 1.1f, RepeatLastN = 64, PresencePenalty = -1, FrequencyPenalty = 1.5f, Mirostat = 2,
                MirostatTau = 5, MirostatEta = 0.1f, IgnoreEos = true, Keep = 4,
            },
            model.Parameters);
        Assert.Equal((8192, 512, 4, 20), (model.ContextSize, model.BatchSize, model.Threads, model.GpuLayers));
        Assert.Equal((true, false, true), (model.F16, model.Mmap, model.MLock));
        Assert.Equal(("on", "q8_0", "q4_0"), (model.FlashAttention, model.CacheTypeK, model.CacheTypeV));
        Assert.Equal(new RopeSettings { Scaling = "yarn", FrequencyBase = 10000, FrequencyScale = 0.5f, YarnExtFactor = 1 }, model.Rope);
        Assert.Equal(new DeviceSettings { TensorSplit = "0.8,0.2", MainGpu = "0", LowVram = true, Numa = false, NoKvOffloading = true }, model.Devices);
        Assert.Equal(["<|end|>", "User:"], model.StopWords);
        Assert.Equal((true, true, 8), (model.Embeddings, model.Reranking, model.Slots));
        Assert.Equal(["parallel:8", "context_shift:true"], model.Options);
        Assert.Equal("Be brief.", model.SystemPrompt);
        Assert.Equal("low", model.ReasoningEffort);
        Assert.Equal("{{.Input}}\n", model.Templates.Chat);
        Assert.Equal("<user>", model.Roles["user"]);
        Assert.True(model.FeatureFlags["new_thing"]);
        Assert.Equal("""{"enable_thinking":false,"budget":12,"names":["a",1.5,null,"7"]}""", model.TemplateArguments.ToJsonString());
        Assert.Equal([0.5f, 0.25f], model.LoraAdapters.Select(adapter => adapter.Scale));
        Assert.Equal(Path.Combine(_folder.Path, "projector.gguf"), model.MmProjFile);
        Assert.Equal(Path.Combine(_folder.Path, "draft.gguf"), model.DraftModelFile);
        Assert.Equal((true, "hermes", "name"), (model.Function.Grammar.ParallelCalls!.Value, model.Function.Format, model.Function.FunctionNameKey));
        Assert.Equal(@"\(?(?<name>\w+)\((?<arguments>.*)\)", model.Function.ResponseRegex.Single());
        Assert.Equal(new TextReplacement("'", "\""), model.Function.ReplaceFunctionResults.Single());
    }

    [Fact]
    public void Read_OfAShortFile_LeavesEverythingToTheBackend()
    {
        var model = _folder.Model("parameters:\n  model: weights.gguf\n  max_tokens: 0\n  seed: -1\nthreads: 0\nsystem_prompt:\n");
        Assert.Equal(new ModelParameters(), model.Parameters);
        Assert.Equal(("model", "llama-cpp", ModelDefinition.DefaultSlots), (model.Name, model.Backend, model.Slots));
        Assert.Equal((null, null, null, null), (model.Threads, model.F16, model.SystemPrompt, model.FlashAttention));
    }

    [Fact]
    public void Read_OfUnknownKeys_WarnsWithTheirLines()
    {
        _folder.Model("name: m\nparameters:\n  model: weights.gguf\n  temprature: 1\ncontxt_size: 5\ndownload_files:\n  - filename: x\n");
        Assert.Collection(
            _folder.Warnings,
            line => Assert.Contains("model.yaml, line 4: the key parameters.temprature is unknown", line, StringComparison.Ordinal),
            line => Assert.Contains("line 6: download_files is not used", line, StringComparison.Ordinal),
            line => Assert.Contains("line 5: the key contxt_size is unknown", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("- name: a", "it must be a section with keys")]
    [InlineData("name: m", "parameters.model is missing")]
    [InlineData("name: m\n---\nname: n", "a second document begins here")]
    [InlineData("name: m\nname: n", "already set in line 1")]
    [InlineData("parameters: {model: [a]}", "parameters.model is a list, but it must be a text")]
    [InlineData("parameters: none", "parameters is \"none\", but it must be a section with keys")]
    [InlineData("parameters: {model: weights.gguf, top_p: 1.5}", "parameters.top_p is 1.5, but it must be from 0 to 1")]
    [InlineData("parameters: {model: weights.gguf, temperature: .nan}", "it must be a number")]
    [InlineData("parameters: {model: weights.gguf}\ncontext_size: 99999999999", "it must be from 0 to 2147483647")]
    [InlineData("parameters: {model: weights.gguf}\nembeddings: perhaps", "it must be true or false")]
    [InlineData("parameters: {model: weights.gguf}\noptions: [parallel:0]", "parallel must be from 1 to 256")]
    [InlineData("parameters: {model: weights.gguf}\nflash_attention: maybe", "it must be one of on, off, auto")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {response_regex: ['(']}", "regular expression that cannot be used")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {no_action_function_name: reply}", "function.no_action_function_name is not possible")]
    [InlineData("parameters: {model: weights.gguf}\nfunction:\n  xml_format_preset: glm-4.5", "function.xml_format_preset is not possible")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {format: xml}", "it must be one of hermes, llama3, mistral, json")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {grammar: {schema_type: llama3.1}}", "function.grammar.schema_type is llama3.1, but only json is possible")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {grammar: {prefix: '<call>'}}", "function.grammar.prefix is <call>, but calls are held")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {grammar: {triggers: [{word: go}]}}", "function.grammar.triggers[].word is go, but calls are held")]
    [InlineData("parameters: {model: weights.gguf}\nfunction: {grammar: {properties_order: 'arguments,name'}}", "function.grammar.properties_order is not possible")]
    [InlineData("parameters: {model: weights.gguf}\nbackend: ../evil", "must have letters, digits")]
    [InlineData("parameters: {model: weights.gguf}\nname: ' m'", "no space at its ends")]
    [InlineData("parameters: {model: weights.gguf}\nlora_scales: [1]", "1 items for 0 lora_adapters")]
    [InlineData("a: &a [*a]", "*a stands for nothing")]
    [InlineData("\tname: m", "")]
    [InlineData("name: \"m", "")]
    public void Read_OfAMistake_NamesIt(string yaml, string reason) =>
        Assert.Contains(reason, _folder.Broken(yaml).Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAMergeKey_TakesWhatIsNotSetBeside() =>
        Assert.Equal(
            (0.1f, 0.7f),
            _folder.Model("parameters: &base {model: weights.gguf, top_p: 0.7, temperature: 0.5}\nfeature_flags: {}\n".Replace("parameters: &base", "x: &base", StringComparison.Ordinal)
                + "parameters:\n  <<: *base\n  temperature: 0.1\n").Parameters is var parameters ? (parameters.Temperature!.Value, parameters.TopP!.Value) : default);

    [Fact]
    public void Read_OfARefusedFunctionKey_TellsFileAndLine() =>
        Assert.StartsWith("model.yaml, line 4: function.xml_format_preset", _folder.Broken("parameters: {model: weights.gguf}\nfunction:\n  disable_no_action: true\n  xml_format_preset: glm-4.5\n").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{grammar: {triggers: [{word: '<tool_call>'}]}}", "hermes", false, null)]
    [InlineData("{grammar: {prefix: '[TOOL_CALLS] ', disable: true}}", "mistral", true, null)]
    [InlineData("{format: llama3, grammar: {schema_type: json, parallel_calls: false}}", "llama3", false, false)]
    [InlineData("{grammar: {schema_type: json}}", "json", false, null)]
    [InlineData("{no_grammar: true, parallel_calls: true}", null, true, true)]
    public void Read_OfAFunctionSection_KnowsTheFormatOfCalls(string function, string? format, bool isFree, bool? parallel)
    {
        var settings = _folder.Model($"parameters: {{model: weights.gguf}}\nfunction: {function}").Function;
        Assert.Equal((format, isFree, parallel), (settings.Format, settings.Grammar.Disable, settings.Grammar.ParallelCalls));
        Assert.False(settings.HasPatterns);
    }

    [Theory]
    [InlineData("whisper", "", ModelPool.Audio)]
    [InlineData("diffusers", "", ModelPool.Image)]
    [InlineData("my-own", "known_usecases: [FLAG_IMAGE]", ModelPool.Image)]
    [InlineData("my-own", "known_usecases: [tts]", ModelPool.Audio)]
    [InlineData("my-own", "", ModelPool.Text)]
    public void Read_OfABackend_ChoosesItsPool(string backend, string more, ModelPool pool) =>
        Assert.Equal(pool, _folder.Model($"backend: {backend}\nparameters: {{model: weights.gguf}}\n{more}").Pool);

    [Fact]
    public void Read_OfABackendThatLooksUpItsModels_NeedsNoFile()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "model.yaml"), "backend: vllm\nparameters: {model: facebook/opt-125m}");
        var model = Assert.Single(_folder.Load().Models);
        Assert.Equal(("facebook/opt-125m", Path.Combine(_folder.Path, "facebook/opt-125m")), (model.Model, model.ModelFile));
    }

    private const string FullFile = """
        name: full
        aliases: [whole, complete]
        description: A model
        usage: Use it
        backend: llama
        known_usecases: [chat, FLAG_EMBEDDINGS]
        parameters:
          model: weights.gguf
          temperature: 0.3
          top_p: 0.9
          top_k: 40
          min_p: 0.05
          typical_p: 0.8
          max_tokens: 100
          seed: 42
          repeat_penalty: 1.1
          repeat_last_n: 64
          presence_penalty: -1
          frequency_penalty: 1.5
          ignore_eos: true
          keep: 4
          batch: 512
          rope_freq_base: 10000
          rope_freq_scale: 0.5
        mirostat: 2
        mirostat_tau: 5
        mirostat_eta: 0.1
        mmproj: projector.gguf
        draft_model: draft.gguf
        context_size: 8192
        threads: 4
        gpu_layers: 20
        f16: true
        mmap: false
        mmlock: true
        flash_attention: "true"
        cache_type_k: q8_0
        cache_type_v: q4_0
        rope_scaling: yarn
        yarn_ext_factor: 1
        tensor_split: "0.8,0.2"
        main_gpu: 0
        low_vram: true
        numa: false
        no_kv_offloading: true
        stopwords: ["<|end|>", "User:"]
        embeddings: true
        reranking: true
        options:
          - parallel:8
          - context_shift:true
        system_prompt: Be brief.
        reasoning_effort: low
        template:
          chat: |
            {{.Input}}
          chat_message: "{{.Content}}"
          completion: "{{.Input}}"
          edit: "{{.Input}}"
          function: "{{.Input}}"
          use_tokenizer_template: false
        chat_template_kwargs:
          enable_thinking: false
          budget: 12
          names: [a, 1.5, null, "7"]
        roles: {user: <user>}
        feature_flags: {new_thing: true}
        lora_adapter: one.gguf
        lora_scale: 0.5
        lora_adapters: [two.gguf]
        lora_scales: [0.25]
        function:
          disable_no_action: true
          function_name_key: name
          response_regex: ['\(?(?P<name>\w+)\((?P<arguments>.*)\)']
          replace_function_results:
            - key: "'"
              value: "\""
          grammar:
            parallel_calls: true
            triggers:
              - word: <tool_call>
        """;
}
