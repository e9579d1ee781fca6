using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.ChatTemplates;

namespace LocalAI.Pipeline.Backends.Llama.Chat;

/// <summary>The place where a chat becomes a prompt: the model's own template, ChatML where it has none.</summary>
internal sealed class ChatPrompt
{
    private const string ChatMl =
        """
        {%- for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}
        {%- if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
        """;

    private readonly ChatTemplate? _template;
    private readonly string _broken = "";
    private readonly string _bos;
    private readonly string _eos;
    private readonly TimeProvider _time;

    internal ChatPrompt(LlamaModel model, TimeProvider time)
    {
        _bos = model.Vocabulary.BosText;
        _eos = model.Vocabulary.EosText;
        _time = time;
        Source = model.ChatTemplate;
        try
        {
            _template = ChatTemplate.Parse(Source ?? ChatMl);
        }
        catch (ChatTemplateException e)
        {
            // A model whose template does not parse still completes plain prompts.
            _broken = $"the model's chat template does not parse: {e.Message}";
        }
    }

    /// <summary>The model's own template, or null.</summary>
    internal string? Source { get; }

    /// <summary>What the template can do, or null when it does not parse.</summary>
    internal ChatTemplateTraits? Traits => _template?.Traits;

    /// <exception cref="RequestInvalidException">The template refuses the conversation, in its own words, or fails.</exception>
    internal string Render(ChatConversation conversation, CancellationToken cancellationToken)
    {
        if (_template is null)
            throw new RequestInvalidException(_broken);
        try
        {
            return _template.Render(Input(conversation), cancellationToken);
        }
        catch (ChatTemplateException e)
        {
            throw new RequestInvalidException(e.IsRaised ? e.Message : $"the model's chat template failed: {e.Message}");
        }
    }

    private ChatTemplateInput Input(ChatConversation conversation) => new()
    {
        Messages = conversation.Messages,
        Tools = conversation.Tools,
        AddGenerationPrompt = conversation.AddGenerationPrompt,
        ContinueFinalMessage = conversation.ContinueFinalMessage,
        Arguments = conversation.Arguments,
        BosToken = _bos,
        EosToken = _eos,
        Now = _time.GetLocalNow(),
    };
}
