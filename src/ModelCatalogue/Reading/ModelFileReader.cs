using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Turns the text of one YAML file into a model.</summary>
internal sealed class ModelFileReader(ModelFolder folder, string source)
{
    private const int LongestName = 128;

    private readonly Findings _findings = new();
    private readonly List<string> _used = [];
    private string? _name;

    public ModelReading Read(string text)
    {
        var model = Root(text) is { } root ? ReadModel(new ModelSection(root, "", _findings)) : null;
        var name = _name ?? Path.GetFileNameWithoutExtension(source);
        return new ModelReading
        {
            Name = name,
            Source = source,
            Model = _findings.Mistakes.Count == 0 ? model : null,
            Mistakes = _findings.Mistakes,
            Warnings = _findings.Warnings,
            UsedFiles = _used,
        };
    }

    private YamlMap? Root(string text)
    {
        try
        {
            var value = YamlReader.Read(text);
            if (value is YamlMap map)
            {
                return map;
            }

            _findings.Mistake(value?.Line ?? 0, value is null or YamlScalar { IsNull: true } ? "the file is empty" : $"the file holds {value.Kind}, but it must be a section with keys such as name and parameters");
        }
        catch (YamlTextException exception)
        {
            _findings.Mistake(exception.Line, exception.Message);
        }

        return null;
    }

    private ModelDefinition ReadModel(ModelSection root)
    {
        _name = ReadName(root);
        var parameters = root.Section("parameters");
        var backend = ReadBackend(root);
        var usecases = UsecaseReading.Read(root);
        var options = root.Texts("options");
        var (model, file) = ReadWeights(root, parameters, backend);
        var read = new ModelDefinition
        {
            Name = _name ?? "",
            Model = model ?? "",
            ModelFile = file ?? "",
            Source = source,
            Backend = backend,
            Aliases = ReadAliases(root),
            Description = root.Text("description"),
            Usage = root.Text("usage"),
            KnownUsecases = usecases,
            InputModalities = UsecaseReading.ReadInputs(root),
            Pool = BackendNames.PoolOf(backend, usecases),
            MmProjFile = FileOf(root, root.Entry("mmproj")),
            DraftModelFile = FileOf(root, root.Entry("draft_model")),
            LoraAdapters = ReadAdapters(root),
            Parameters = ParametersReading.Read(parameters, root),
            StopWords = root.Texts("stopwords"),
            Embeddings = root.Flag("embeddings") ?? usecases.Contains("embeddings"),
            Reranking = root.Flag("reranking") ?? usecases.Contains("rerank"),
            Options = options,
            Overrides = root.Texts("overrides"),
            Slots = EngineReading.ReadSlots(root, options),
            SystemPrompt = root.Text("system_prompt"),
            ReasoningEffort = root.Choice("reasoning_effort", "none", "minimal", "low", "medium", "high"),
            Templates = TemplateReading.Read(root.Section("template")),
            TemplateArguments = TemplateReading.ReadArguments(root),
            Function = FunctionReading.Read(root.Section("function")),
            Roles = ReadRoles(root.Section("roles")),
            FeatureFlags = ReadFlags(root.Section("feature_flags")),
        };
        read = EngineReading.ReadSizes(read, root, parameters);
        parameters.WarnUnknown();
        WarnRest(root);
        return read;
    }

    private string ReadName(ModelSection root)
    {
        var entry = root.Entry("name");
        var name = root.TextOf(entry) ?? Path.GetFileNameWithoutExtension(source);
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || name.Trim().Length != name.Length)
        {
            _findings.Mistake(entry?.Value.Line ?? 0, $"name must have 1 to {LongestName} characters, no control characters and no space at its ends");
            return Path.GetFileNameWithoutExtension(source);
        }

        return name;
    }

    private string ReadBackend(ModelSection root)
    {
        var entry = root.Entry("backend");
        var backend = BackendNames.Normalise(root.TextOf(entry) ?? BackendNames.Default);
        if (!BackendNames.IsSafe(backend))
        {
            _findings.Mistake(entry!, "backend", "must have letters, digits, '-', '_' and '.' only, at most 64");
            return BackendNames.Default;
        }

        return backend;
    }

    private (string? Model, string? File) ReadWeights(ModelSection root, ModelSection parameters, string backend)
    {
        var entry = parameters.Entry("model") ?? root.Entry("model");
        var model = parameters.TextOf(entry);
        if (entry is null || model is null)
        {
            if (entry is null)
            {
                _findings.Mistake(0, "parameters.model is missing: the file of the model, relative to the models folder");
            }

            return (null, null);
        }

        return BackendNames.NeedsFile(backend, model)
            ? (model, FileOf(parameters, entry))
            : (model, PathOf(entry, parameters.PathOf(entry.Key), model));
    }

    private string? FileOf(ModelSection section, YamlEntry? entry) =>
        section.TextOf(entry) is { } name ? FileOf(entry!, section.PathOf(entry!.Key), name) : null;

    private string? FileOf(YamlEntry entry, string at, string name)
    {
        var path = PathOf(entry, at, name);
        // A link that leads nowhere exists for File.Exists.
        if (path is not null && RealPath.Of(path) is null)
        {
            _findings.Mistake(entry, at, $"is {name}, but there is no file {path}");
        }

        return path;
    }

    private string? PathOf(YamlEntry entry, string at, string name)
    {
        var (path, refusal) = folder.Resolve(name);
        if (path is null)
        {
            _findings.Mistake(entry, at, refusal!);
            return null;
        }

        _used.Add(Path.GetFullPath(path));
        return path;
    }

    private IReadOnlyList<string> ReadAliases(ModelSection root)
    {
        var aliases = root.Texts("aliases");
        foreach (var alias in aliases.Where(alias => alias.Length is 0 or > LongestName || alias.Any(char.IsControl)))
        {
            _findings.Mistake(root.Entry("aliases")!, "aliases", $"has \"{alias}\", but an alias has 1 to {LongestName} characters");
        }

        return aliases;
    }

    private List<LoraAdapter> ReadAdapters(ModelSection root)
    {
        var adapters = new List<LoraAdapter>();
        var scale = root.Number("lora_scale", -100, 100) ?? 1;
        if (FileOf(root, root.Entry("lora_adapter")) is { } single)
        {
            adapters.Add(new LoraAdapter(single, scale));
        }

        var names = root.Texts("lora_adapters");
        var scales = root.Numbers("lora_scales", -100, 100);
        if (scales.Count > names.Count)
        {
            _findings.Mistake(root.Entry("lora_scales")!, "lora_scales", $"has {scales.Count} items for {names.Count} lora_adapters");
        }

        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            if (FileOf(root.Entry("lora_adapters")!, $"lora_adapters[{index}]", name) is { } file)
            {
                adapters.Add(new LoraAdapter(file, index < scales.Count ? scales[index] : 1));
            }
        }

        return adapters;
    }

    private static Dictionary<string, string> ReadRoles(ModelSection roles) =>
        roles.All().Select(entry => (entry.Key, Text: roles.TextOf(entry))).Where(role => role.Text is not null)
            .ToDictionary(role => role.Key, role => role.Text!, StringComparer.Ordinal);

    private static Dictionary<string, bool> ReadFlags(ModelSection flags) =>
        flags.All().Select(entry => (entry.Key, Flag: flags.FlagOf(entry))).Where(flag => flag.Flag is not null)
            .ToDictionary(flag => flag.Key, flag => flag.Flag!.Value, StringComparer.Ordinal);

    private void WarnRest(ModelSection root)
    {
        if (root.Entry("download_files") is { } downloads)
        {
            _findings.Warn(downloads.Line, "download_files is not used: put the files into the models folder");
        }

        // They change answers that are not streamed, and here both are the same.
        root.Unused("cutstrings", "trimspace", "trimsuffix", "extract_regex");
        root.Unused("debug", "prompt_cache_path", "prompt_cache_all", "prompt_cache_ro", "lora_base", "no_mulmatq", "quantization",
            "load_format", "gpu_memory_utilization", "trust_remote_code", "enforce_eager", "swap_space", "max_model_len",
            "tensor_parallel_size", "disable_log_stats", "dtype", "limit_mm_per_prompt", "engine_args", "type", "rms_norm_eps", "ngqa",
            "grammar", "cfg_scale", "diffusers", "step", "tts", "cuda", "grpc", "mcp", "agent", "pipeline", "env", "pinned", "disabled",
            "concurrency_groups", "known_output_modalities", "reasoning", "compression", "alias", "artifacts",
            "failover", "limits", "router", "proxy", "pii");
        root.WarnUnknown();
    }
}
