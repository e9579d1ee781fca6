using System.Text;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>Builds llama.cpp's sampler chain from settings, in the order that llama.cpp's own tools use.</summary>
internal static unsafe class SamplerChain
{
    // llama.cpp's constant for mirostat 1: tokens looked at to estimate s_hat.
    private const int MirostatM = 100;

    internal static LlamaSamplerHandle Create(Vocabulary vocabulary, SamplingSettings settings, uint seed)
    {
        nint chain = LlamaNative.llama_sampler_chain_init(new llama_sampler_chain_params { no_perf = 1 });
        var handle = new LlamaSamplerHandle(chain, vocabulary.Model);
        AddBias(handle, vocabulary, settings);
        if (settings.Order.Count > 0 && settings.Mirostat == 0)
        {
            foreach (string name in settings.Order)
                AddNamed(name, handle, vocabulary, settings, seed);
            Add(handle, LlamaNative.llama_sampler_init_dist(seed));
            return handle;
        }
        AddPenalties(handle, vocabulary, settings);
        AddDry(handle, vocabulary, settings.Dry);
        if (settings.Temperature <= 0)
            Add(handle, LlamaNative.llama_sampler_init_greedy());
        else if (settings.Mirostat > 0)
            AddMirostat(handle, vocabulary, settings, seed);
        else
            AddDistribution(handle, vocabulary, settings, seed);
        return handle;
    }

    private static void Add(LlamaSamplerHandle chain, nint sampler) => LlamaNative.llama_sampler_chain_add(chain, sampler);

    private static void AddBias(LlamaSamplerHandle chain, Vocabulary vocabulary, SamplingSettings settings)
    {
        var biases = settings.LogitBias.Select(entry => new llama_logit_bias { token = entry.Key, bias = entry.Value })
            .Concat(vocabulary.SuppressedTokens().Select(Forbid))
            .Concat(settings.IgnoreEndOfGeneration ? vocabulary.EndOfGenerationTokens.Select(Forbid) : [])
            .ToArray();
        if (biases.Length == 0)
            return;
        fixed (llama_logit_bias* first = biases)
            Add(chain, LlamaNative.llama_sampler_init_logit_bias(vocabulary.Size, biases.Length, first));
    }

    private static llama_logit_bias Forbid(int token) => new() { token = token, bias = float.NegativeInfinity };

    private static void AddPenalties(LlamaSamplerHandle chain, Vocabulary vocabulary, SamplingSettings settings)
    {
        bool any = settings.RepeatPenalty != 1 || settings.FrequencyPenalty != 0 || settings.PresencePenalty != 0;
        if (any && settings.RepeatLastN > 0)
        {
            Add(chain, LlamaNative.llama_sampler_init_penalties(
                vocabulary.Size, settings.RepeatLastN, settings.RepeatPenalty, settings.FrequencyPenalty, settings.PresencePenalty));
        }
    }

    private static void AddDry(LlamaSamplerHandle chain, Vocabulary vocabulary, DrySettings dry)
    {
        if (dry is not { Multiplier: not 0, LastN: > 0 })
            return;
        byte[][] texts = [.. dry.Breakers.Select(breaker => Encoding.UTF8.GetBytes(breaker + '\0'))];
        byte[] joined = [.. texts.SelectMany(text => text)];
        var pointers = new nint[texts.Length];
        fixed (byte* start = joined)
        fixed (nint* breakers = pointers)
        {
            byte* next = start;
            for (int i = 0; i < texts.Length; i++)
            {
                pointers[i] = (nint)next;
                next += texts[i].Length;
            }
            Add(chain, LlamaNative.llama_sampler_init_dry(
                vocabulary.Native, dry.Multiplier, dry.Base, dry.AllowedLength, dry.LastN, (byte**)breakers, (nuint)pointers.Length));
        }
    }

    private static void AddMirostat(LlamaSamplerHandle chain, Vocabulary vocabulary, SamplingSettings settings, uint seed)
    {
        Add(chain, LlamaNative.llama_sampler_init_temp(settings.Temperature));
        Add(chain, settings.Mirostat == 1
            ? LlamaNative.llama_sampler_init_mirostat(vocabulary.Size, seed, settings.MirostatTau, settings.MirostatEta, MirostatM)
            : LlamaNative.llama_sampler_init_mirostat_v2(seed, settings.MirostatTau, settings.MirostatEta));
    }

    private static void AddDistribution(LlamaSamplerHandle chain, Vocabulary vocabulary, SamplingSettings settings, uint seed)
    {
        foreach (string name in SamplerNames.Distribution)
            AddNamed(name, chain, vocabulary, settings, seed);
        Add(chain, LlamaNative.llama_sampler_init_dist(seed));
    }

    /// <summary>Adds a sampler by its name, where its setting does not switch it off.</summary>
    private static void AddNamed(string name, LlamaSamplerHandle chain, Vocabulary vocabulary, SamplingSettings settings, uint seed)
    {
        nuint least = (nuint)settings.MinKeep;
        switch (name)
        {
            case SamplerNames.Penalties:
                AddPenalties(chain, vocabulary, settings);
                break;
            case SamplerNames.Dry:
                AddDry(chain, vocabulary, settings.Dry);
                break;
            case SamplerNames.TopNSigma when settings.TopNSigma > 0:
                Add(chain, LlamaNative.llama_sampler_init_top_n_sigma(settings.TopNSigma));
                break;
            case SamplerNames.TopK when settings.TopK > 0:
                Add(chain, LlamaNative.llama_sampler_init_top_k(settings.TopK));
                break;
            case SamplerNames.Typical when settings.TypicalP < 1:
                Add(chain, LlamaNative.llama_sampler_init_typical(settings.TypicalP, least));
                break;
            case SamplerNames.TopP when settings.TopP < 1:
                Add(chain, LlamaNative.llama_sampler_init_top_p(settings.TopP, least));
                break;
            case SamplerNames.MinP when settings.MinP > 0:
                Add(chain, LlamaNative.llama_sampler_init_min_p(settings.MinP, least));
                break;
            case SamplerNames.Xtc when settings.XtcProbability > 0:
                Add(chain, LlamaNative.llama_sampler_init_xtc(settings.XtcProbability, settings.XtcThreshold, least, seed));
                break;
            case SamplerNames.Infill:
                Add(chain, LlamaNative.llama_sampler_init_infill(vocabulary.Native));
                break;
            case SamplerNames.Temperature:
                Add(chain, LlamaNative.llama_sampler_init_temp_ext(settings.Temperature, settings.DynamicTemperatureRange, settings.DynamicTemperatureExponent));
                break;
        }
    }
}
