namespace Expansion.Functions;

/// <summary>The names that a function reads from the query: for the API's description. A test compares them with what the function itself says it knows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>What a function answers when all is well: for the API's description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class AnswersAttribute(Type type, int status) : Attribute
{
    public Type Type { get; } = type;

    public int Status { get; } = status;
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersAttribute<T>(int status = 200) : AnswersAttribute(typeof(T), status);

/// <summary>What a function takes as its body: for the API's description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class TakesAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute<T>() : TakesAttribute(typeof(T));

/// <summary>On a function that takes a file as its body, as large as the host lets through.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesFileAttribute : Attribute;

/// <summary>On a function that tells of every shop: a key of single shops doesn't open it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfAllShopsAttribute : Attribute;
