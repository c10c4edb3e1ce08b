namespace Expansion.Cli.Verbs.Evaluate;

internal static class EvaluationReport
{
    public static void Write(FileInfo file, Evaluation evaluation) => File.WriteAllText(file.FullName, evaluation.Name);
}
