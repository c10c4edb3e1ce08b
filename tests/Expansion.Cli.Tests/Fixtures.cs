using Expansion.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
