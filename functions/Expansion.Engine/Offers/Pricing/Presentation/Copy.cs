using System.Collections.Frozen;
using Fluid;
using Fluid.Ast;
using Fluid.Ast.BinaryExpressions;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>
/// One piece of copy: text with facts, {{ price }}, and parts that are left out when a fact isn't known, {% if gain %} … {% endif %}. Written in Liquid, of which it knows
/// if, unless and else over facts, and a few filters: copy says what is known and computes nothing. It is text, and escaped as a whole where it becomes HTML.
/// </summary>
internal sealed class Copy
{
    public const int MaxLength = 2000;

    private static readonly FluidParser Parser = CreateParser();
    private static readonly TemplateOptions Options = new() { StrictFilters = true };

    private readonly IFluidTemplate _template;

    private Copy(IFluidTemplate template, IReadOnlySet<string> needs) => (_template, Needs) = (template, needs);

    /// <summary>Facts it can't do without: named outside of every condition on them.</summary>
    public IReadOnlySet<string> Needs { get; }

    /// <returns>Null with the mistake when the text is no copy.</returns>
    public static Copy? Parse(string text, out string? mistake)
    {
        if (text.Length > MaxLength)
        {
            mistake = $"it has {text.Length} characters, {MaxLength} are allowed";
            return null;
        }

        if (!Parser.TryParse(text, out var template, out mistake))
        {
            return null;
        }

        var reader = new CopyReader();
        reader.VisitTemplate(template);
        mistake = reader.Mistake;
        return mistake is null ? new(template, reader.Needs) : null;
    }

    public string Render(IReadOnlyDictionary<string, string> facts)
    {
        var context = new TemplateContext(Options);
        foreach (var (name, value) in facts)
        {
            context.SetValue(name, value);
        }

        return _template.Render(context).Trim();
    }

    private static FluidParser CreateParser()
    {
        var parser = new FluidParser();
        foreach (var tag in parser.RegisteredTags.Keys.Except(["if", "unless", "comment"]).ToList())
        {
            parser.RegisteredTags.Remove(tag);
        }

        return parser;
    }
}

/// <summary>Finds the facts that copy names, and what it does that it may not.</summary>
internal sealed class CopyReader : AstVisitor
{
    private static readonly FrozenSet<string> Filters = FrozenSet.Create("upcase", "downcase", "capitalize", "strip");

    private readonly HashSet<string> _needs = [];
    private readonly Stack<IReadOnlySet<string>> _known = new();

    public string? Mistake { get; private set; }

    public IReadOnlySet<string> Needs => _needs;

    protected override Statement VisitIfStatement(IfStatement ifStatement)
    {
        _known.Push(Condition(ifStatement.Condition));
        VisitAll(ifStatement.Statements);
        _known.Pop();
        foreach (var elseIf in ifStatement.ElseIfs)
        {
            _known.Push(Condition(elseIf.Condition));
            VisitAll(elseIf.Statements);
            _known.Pop();
        }

        VisitAll(ifStatement.Else?.Statements ?? []);
        return ifStatement;
    }

    protected override Statement VisitUnlessStatement(UnlessStatement unlessStatement)
    {
        var known = Condition(unlessStatement.Condition);
        VisitAll(unlessStatement.Statements);
        _known.Push(known);
        VisitAll(unlessStatement.Else?.Statements ?? []);
        _known.Pop();
        return unlessStatement;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        if (NameOf(memberExpression) is { } name && !_known.Any(known => known.Contains(name)))
        {
            _needs.Add(name);
        }

        return memberExpression;
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!Filters.Contains(filterExpression.Name))
        {
            Mistake ??= $"there is no filter '{filterExpression.Name}'; use one of {string.Join(", ", Filters.Order(StringComparer.Ordinal))}";
        }

        return base.VisitFilterExpression(filterExpression);
    }

    private void VisitAll(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
        {
            Visit(statement);
        }
    }

    /// <summary>The facts that are all known where the condition holds.</summary>
    private HashSet<string> Condition(Expression condition)
    {
        switch (condition)
        {
            case MemberExpression member:
                return NameOf(member) is { } name ? [name] : [];
            case AndBinaryExpression and:
                return [.. Condition(and.Left), .. Condition(and.Right)];
            default:
                Mistake ??= "a condition names a fact, or facts joined by 'and': {% if gain %}";
                return [];
        }
    }

    private string? NameOf(MemberExpression member)
    {
        var name = member.Segments is [IdentifierSegment only] ? only.Identifier : null;
        if (name is null || !FactNames.All.ContainsKey(name))
        {
            Mistake ??= $"there is no fact '{string.Join('.', member.Segments.Select(segment => (segment as IdentifierSegment)?.Identifier ?? "[…]"))}'; there are {string.Join(", ", FactNames.All.Keys.Order(StringComparer.Ordinal))}";
            return null;
        }

        return name;
    }
}
