namespace LocalAI.Pipeline.Backends.Protocol.Tests;

/// <summary>Names and numbers of LocalAI's protocol, written down a second time so that a slip in the proto shows.</summary>
internal static class ProtocolTable
{
    /// <summary>Name, request and answer of each call.</summary>
    public const string Calls = """
        Health HealthMessage Reply
        Free HealthMessage Result
        Predict PredictOptions Reply
        LoadModel ModelOptions Result
        PredictStream PredictOptions stream Reply
        Embedding PredictOptions EmbeddingResult
        GenerateImage GenerateImageRequest Result
        UpscaleImage UpscaleImageRequest Result
        AudioTranscription TranscriptRequest TranscriptResult
        AudioTranscriptionStream TranscriptRequest stream TranscriptStreamResponse
        TTS TTSRequest Result
        TTSStream TTSRequest stream Reply
        SoundGeneration SoundGenerationRequest Result
        TokenizeString PredictOptions TokenizationResponse
        Detokenize DetokenizeRequest DetokenizeResponse
        Status HealthMessage StatusResponse
        StoresSet StoresSetOptions Result
        StoresDelete StoresDeleteOptions Result
        StoresGet StoresGetOptions StoresGetResult
        StoresFind StoresFindOptions StoresFindResult
        Rerank RerankRequest RerankResult
        Score ScoreRequest ScoreResponse
        GetMetrics MetricsRequest MetricsResponse
        VAD VADRequest VADResponse
        ModelMetadata ModelOptions ModelMetadataResponse
        """;

    /// <summary>Each message, and below it its fields: number, type, name.</summary>
    public const string Messages = """
        HealthMessage
        Result
          1 string message, 2 bool success
        StatusResponse
          1 State state, 2 MemoryUsageData memory
        MemoryUsageData
          1 uint64 total, 2 map<string,uint64> breakdown
        MetricsRequest
        MetricsResponse
          1 int32 slot_id, 2 string prompt_json_for_slot, 3 float tokens_per_second, 4 int32 tokens_generated
          5 int32 prompt_tokens_processed
        ModelOptions
          1 string Model, 2 int32 ContextSize, 3 int32 Seed, 4 int32 NBatch, 5 bool F16Memory, 6 bool MLock, 7 bool MMap, 8 bool VocabOnly
          9 bool LowVRAM, 10 bool Embeddings, 11 bool NUMA, 12 int32 NGPULayers, 13 string MainGPU, 14 string TensorSplit, 15 int32 Threads
          17 float RopeFreqBase, 18 float RopeFreqScale, 19 float RMSNormEps, 20 int32 NGQA, 21 string ModelFile, 26 string PipelineType
          27 string SchedulerType, 28 bool CUDA, 29 float CFGScale, 30 bool IMG2IMG, 31 string CLIPModel, 32 string CLIPSubfolder
          33 int32 CLIPSkip, 34 string Tokenizer, 35 string LoraBase, 36 string LoraAdapter, 37 bool NoMulMatQ, 38 string AudioPath
          39 string DraftModel, 40 string Quantization, 41 string MMProj, 42 float LoraScale, 43 string RopeScaling, 44 float YarnExtFactor
          45 float YarnAttnFactor, 46 float YarnBetaFast, 47 float YarnBetaSlow, 48 string ControlNet, 49 string Type
          50 float GPUMemoryUtilization, 51 bool TrustRemoteCode, 52 bool EnforceEager, 53 int32 SwapSpace, 54 int32 MaxModelLen
          55 int32 TensorParallelSize, 56 string FlashAttention, 57 bool NoKVOffload, 58 string LoadFormat, 59 string ModelPath
          60 repeated string LoraAdapters, 61 repeated float LoraScales, 62 repeated string Options, 63 string CacheTypeKey
          64 string CacheTypeValue, 65 repeated GrammarTrigger GrammarTriggers, 66 bool DisableLogStatus, 67 string DType
          68 int32 LimitImagePerPrompt, 69 int32 LimitVideoPerPrompt, 70 int32 LimitAudioPerPrompt, 71 bool Reranking
          72 repeated string Overrides, 73 string EngineArgs, 74 ProxyOptions Proxy, 75 bool EnableScore
        GrammarTrigger
          1 string word
        ModelMetadataResponse
          1 bool supports_thinking, 2 string rendered_template, 3 ToolFormatMarkers tool_format, 4 string media_marker
        PredictOptions
          1 string Prompt, 2 int32 Seed, 3 int32 Threads, 4 int32 Tokens, 5 int32 TopK, 6 int32 Repeat, 7 int32 Batch, 8 int32 NKeep
          9 float Temperature, 10 float Penalty, 11 bool F16KV, 12 bool DebugMode, 13 repeated string StopPrompts, 14 bool IgnoreEOS
          15 float TailFreeSamplingZ, 16 float TypicalP, 17 float FrequencyPenalty, 18 float PresencePenalty, 19 int32 Mirostat
          20 float MirostatETA, 21 float MirostatTAU, 22 bool PenalizeNL, 23 string LogitBias, 25 bool MLock, 26 bool MMap
          27 bool PromptCacheAll, 28 bool PromptCacheRO, 29 string Grammar, 30 string MainGPU, 31 string TensorSplit, 32 float TopP
          33 string PromptCachePath, 34 bool Debug, 35 repeated int32 EmbeddingTokens, 36 string Embeddings, 37 float RopeFreqBase
          38 float RopeFreqScale, 39 float NegativePromptScale, 40 string NegativePrompt, 41 int32 NDraft, 42 repeated string Images
          43 bool UseTokenizerTemplate, 44 repeated Message Messages, 45 repeated string Videos, 46 repeated string Audios
          47 string CorrelationId, 48 string Tools, 49 string ToolChoice, 50 int32 Logprobs, 51 int32 TopLogprobs
          52 map<string,string> Metadata, 53 float MinP, 54 string ModelIdentity
        Message
          1 string role, 2 string content, 3 string name, 4 string tool_call_id, 5 string reasoning_content, 6 string tool_calls
        Reply
          1 bytes message, 2 int32 tokens, 3 int32 prompt_tokens, 4 double timing_prompt_processing, 5 double timing_token_generation
          6 bytes audio, 7 bytes logprobs, 8 repeated ChatDelta chat_deltas
        ChatDelta
          1 string content, 2 string reasoning_content, 3 repeated ToolCallDelta tool_calls
        ToolCallDelta
          1 int32 index, 2 string id, 3 string name, 4 string arguments
        EmbeddingResult
          1 repeated float embeddings, 2 int32 tokens, 3 int32 dim, 4 int32 prompt_tokens, 5 EmbeddingLayout layout
        TokenizationResponse
          1 int32 length, 2 repeated int32 tokens
        DetokenizeRequest
          1 repeated int32 tokens
        DetokenizeResponse
          1 string content
        RerankRequest
          1 string query, 2 repeated string documents, 3 int32 top_n, 4 string ModelIdentity
        RerankResult
          1 Usage usage, 2 repeated DocumentResult results
        Usage
          1 int32 total_tokens, 2 int32 prompt_tokens
        DocumentResult
          1 int32 index, 2 string text, 3 float relevance_score
        ScoreRequest
          1 string prompt, 2 repeated string candidates, 3 bool include_token_logprobs, 4 bool length_normalize, 5 string ModelIdentity
          6 int32 stable_prefix_len
        ScoreResponse
          1 repeated CandidateScore candidates
        TranscriptRequest
          2 string dst, 3 string language, 4 uint32 threads, 5 bool translate, 6 bool diarize, 7 string prompt, 8 float temperature
          9 repeated string timestamp_granularities, 10 bool stream, 11 string ModelIdentity
        TranscriptResult
          1 repeated TranscriptSegment segments, 2 string text, 3 string language, 4 float duration, 5 bool eou
        TranscriptSegment
          1 int32 id, 2 int64 start, 3 int64 end, 4 string text, 5 repeated int32 tokens, 6 string speaker, 7 repeated TranscriptWord words
        TranscriptWord
          1 int64 start, 2 int64 end, 3 string text
        TranscriptStreamResponse
          1 string delta, 2 TranscriptResult final_result
        TTSRequest
          1 string text, 2 string model, 3 string dst, 4 string voice, 5 optional string language, 6 optional string instructions
          7 map<string,string> params, 8 string ModelIdentity
        SoundGenerationRequest
          1 string text, 2 string model, 3 string dst, 4 optional float duration, 5 optional float temperature, 6 optional bool sample
          7 optional string src, 8 optional int32 src_divisor, 9 optional bool think, 10 optional string caption, 11 optional string lyrics
          12 optional int32 bpm, 13 optional string keyscale, 14 optional string language, 15 optional string timesignature
          17 optional bool instrumental, 18 string ModelIdentity
        VADRequest
          1 repeated float audio, 2 string ModelIdentity
        VADResponse
          1 repeated VADSegment segments
        VADSegment
          1 float start, 2 float end
        GenerateImageRequest
          1 int32 height, 2 int32 width, 4 int32 step, 5 int32 seed, 6 string positive_prompt, 7 string negative_prompt, 8 string dst
          9 string src, 10 string EnableParameters, 11 int32 CLIPSkip, 12 repeated string ref_images, 13 string ModelIdentity
        UpscaleImageRequest
          1 string src, 2 string dst, 3 int32 scale
        StoresKey
          1 repeated float Floats
        StoresValue
          1 bytes Bytes
        StoresSetOptions
          1 repeated StoresKey Keys, 2 repeated StoresValue Values
        StoresDeleteOptions
          1 repeated StoresKey Keys
        StoresGetOptions
          1 repeated StoresKey Keys
        StoresGetResult
          1 repeated StoresKey Keys, 2 repeated StoresValue Values
        StoresFindOptions
          1 StoresKey Key, 2 int32 TopK
        StoresFindResult
          1 repeated StoresKey Keys, 2 repeated StoresValue Values, 3 repeated float Similarities
        ToolFormatMarkers
          1 string format_type, 2 string section_start, 3 string section_end, 4 string per_call_start, 5 string per_call_end
          6 string func_name_prefix, 7 string func_name_suffix, 8 string func_close, 9 string arg_name_prefix, 10 string arg_name_suffix
          11 string arg_value_prefix, 12 string arg_value_suffix, 13 string arg_separator, 14 string name_field, 15 string args_field
          16 string id_field, 17 bool fun_name_is_key, 18 bool tools_array_wrapped, 20 string reasoning_start, 21 string reasoning_end
          22 string content_start, 23 string content_end, 24 string args_start, 25 string args_end, 26 string function_field
          27 repeated string parameter_order, 28 string gen_id_field, 29 string call_id_position, 30 string call_id_prefix
          31 string call_id_suffix
        CandidateScore
          1 double log_prob, 2 double length_normalized_log_prob, 3 repeated TokenLogProb tokens, 4 int32 num_tokens
        TokenLogProb
          1 string token, 2 double log_prob
        ProxyOptions
          1 string upstream_url, 2 string mode, 3 string provider, 4 string api_key_env, 5 string api_key_file, 6 string upstream_model
          7 int32 request_timeout_seconds, 8 bool cache_prompt
        """;

    /// <summary>Messages of ours.</summary>
    public const string OurMessages = "LoraRequest\nLoraScale\nInfillOptions\nInfillFile";

    /// <summary>Fields of ours.</summary>
    public const string Ours = """
        PredictOptions
          10001 string Continuation, 10002 bool ReturnTokens, 10005 bool GrammarLazy, 10007 int32 RepeatLastN
          10008 float XtcProbability, 10009 float XtcThreshold, 10010 float DryMultiplier, 10011 float DryBase
          10012 int32 DryAllowedLength, 10013 int32 DryPenaltyLastN, 10016 repeated string GrammarTriggers
          10017 float DynatempRange, 10018 float DynatempExponent, 10019 float TopNSigma, 10020 bool RenderOnly
          10021 repeated int32 PromptTokens, 10022 repeated string Samplers, 10023 int32 MinKeep
          10024 repeated string DrySequenceBreakers, 10025 bool IgnorePromptCache, 10026 bool PromptOnly
          10027 int32 MaxPredictMilliseconds, 10028 InfillOptions Infill, 10029 string StepFeed, 10030 int64 StepGeneration
          10031 string CacheOwner, 10032 LoraRequest Lora, 10040 string ResponseFormat
        Message
          10001 int32 image_count, 10002 int32 audio_count, 10003 int32 video_count
        LoraRequest
          10001 repeated LoraScale scales
        LoraScale
          10001 int32 id, 10002 float scale
        InfillOptions
          10001 string prefix, 10002 string suffix, 10003 string start, 10004 repeated InfillFile files
        InfillFile
          10001 string name, 10002 string text
        TokenizationResponse
          10001 repeated bytes pieces
        Reply
          10001 string finish_reason, 10002 string stop_sequence, 10003 repeated int32 token_ids, 10004 int32 cached_tokens
          10005 string rendered_prompt_tail
        ModelMetadataResponse
          10001 string chat_template, 10002 int32 slots, 10003 int32 context_size, 10004 string bos_token, 10005 string eos_token
          10006 bool supports_continuation, 10007 bool supports_embeddings, 10008 int32 training_context_size
          10009 string architecture, 10010 int64 parameter_count, 10011 int64 size_bytes, 10012 int32 embedding_length
          10013 int32 vocabulary_size, 10014 bool supports_infill, 10015 string quantization, 10030 bool holds_form
        StatusResponse
          10001 int32 slots, 10002 int32 slots_busy
        """;
}
