# recorder.rb PROVIDER WORDS...: loads the Vagrantfile with a configuration that only writes down what is said to it, for one provider, and
# prints it as JSON. So the blocks of providers that are not installed are run too.
require "json"

module Vagrant
  module Errors
    class VagrantError < StandardError
      def initialize(*) = super(error_message)
    end
  end

  def self.require_version(*) = nil

  def self.configure(_version)
    yield RECORDER
  end
end

class Recorder
  attr_reader :said

  def initialize(said, provider, prefix = "")
    @said, @provider, @prefix = said, provider, prefix
  end

  def vm = Part.new(self, "vm")
  def ssh = Part.new(self, "ssh")

  def note(name, value) = @said[:set]["#{@prefix}#{name}"] = value
  def folder(guest, options) = @said[:folders][guest] = options
  def provision(options) = @said[:provision] = options[:env]

  def provider(name)
    yield Part.new(self, name.to_s), self if name.to_s == @provider
  end

  def define(name)
    @said[:machines] << name
    yield Recorder.new(@said, @provider, "#{name}.")
  end
end

class Part
  def initialize(recorder, name)
    @recorder, @name = recorder, name
  end

  def provider(name, &block) = @recorder.provider(name, &block)
  def define(name, **, &block) = @recorder.define(name, &block)
  def synced_folder(_host, guest, **options) = @recorder.folder(guest, options)
  def provision(_name, **options) = @recorder.provision(options)
  def memorybacking(*) = nil

  def respond_to_missing?(*) = true

  def method_missing(name, *values)
    @recorder.note("#{@name}.#{name.to_s.delete_suffix("=")}", values.first)
  end
end

provider = ARGV.shift
said = {machines: [], set: {}, folders: {}, provision: {}}
RECORDER = Recorder.new(said, provider)
begin
  load File.expand_path("../../vagrant/Vagrantfile", __dir__)
rescue Vagrant::Errors::VagrantError => error
  said[:error] = error.message
end
puts JSON.generate(said)
