using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static unsafe partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial void llama_sampler_accept(LlamaSamplerHandle smpl, int token);

    [LibraryImport(Library)]
    internal static partial void llama_sampler_apply(LlamaSamplerHandle smpl, llama_token_data_array* cur_p);

    [LibraryImport(Library)]
    internal static partial void llama_sampler_free(nint smpl);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_chain_init(llama_sampler_chain_params parameters);

    /// <summary>The chain takes ownership of <paramref name="smpl"/>.</summary>
    [LibraryImport(Library)]
    internal static partial void llama_sampler_chain_add(LlamaSamplerHandle chain, nint smpl);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_greedy();

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_dist(uint seed);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_top_k(int k);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_top_p(float p, nuint min_keep);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_min_p(float p, nuint min_keep);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_typical(float p, nuint min_keep);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_temp(float t);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_temp_ext(float t, float delta, float exponent);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_xtc(float p, float t, nuint min_keep, uint seed);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_top_n_sigma(float n);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_infill(nint vocab);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_mirostat(int n_vocab, uint seed, float tau, float eta, int m);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_mirostat_v2(uint seed, float tau, float eta);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_sampler_init_grammar(nint vocab, string grammar_str, string grammar_root);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_penalties(int n_vocab, int penalty_last_n, float penalty_repeat, float penalty_freq, float penalty_present);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_dry(
        nint vocab, float dry_multiplier, float dry_base, int dry_allowed_length, int dry_penalty_last_n, byte** seq_breakers, nuint num_breakers);

    [LibraryImport(Library)]
    internal static partial nint llama_sampler_init_logit_bias(int n_vocab, int n_logit_bias, llama_logit_bias* logit_bias);
}
